"""Tests of the page for Excel."""
