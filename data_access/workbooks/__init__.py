"""Workbooks in and out: a file is looked over, read in a child process, and written back with its problems."""
