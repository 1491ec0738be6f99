"""What an app's notice says it collects, and how that compares with what was observed."""
