package com.example.reader;

/** What Calls calls. The differential test writes this file anew from the hooks that there are. */
final class Targets {
    static final String[] LIST = {};

    private Targets() {}
}
