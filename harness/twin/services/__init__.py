"""System services that apps call through the binder channel; one module a topic, found by scan."""
