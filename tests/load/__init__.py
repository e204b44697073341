"""Bounded load on a server of its own: python -m tests.load"""
