"""The walk: a closed list of steps over an explicit dump, classify, act loop."""
