"""Editing on a page: the switch, the grid whose cells save by themselves, and the form; the same for every subject.

A page says in its `editing.py` what can be edited (`EDITABLES`) and puts a place from `places` in its layout. What may
be edited, and by whom, is decided by the commands; who may edit nothing gets no control at all.
"""
