"""The phone, reached by adb and uiautomator2. The twin is reached the same way."""
