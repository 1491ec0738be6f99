package org.json;

public class JSONTokener {
    private static final int MAX_DEPTH = 1000;
    private final String in;
    private int at;
    private int depth;

    public JSONTokener(String in) {
        this.in = in != null && in.startsWith("\ufeff") ? in.substring(1) : in;
        if (in == null) throw new NullPointerException("json == null");
    }

    public Object nextValue() throws JSONException {
        space();
        if (at >= in.length()) throw syntaxError("End of input");
        char c = in.charAt(at++);
        if (c == '{') return object();
        if (c == '[') return array();
        if (c == '"' || c == '\'') return nextString(c);
        at--;
        return literal();
    }

    private Object literal() throws JSONException {
        int start = at;
        while (at < in.length() && "{}[]/\\:,=;# \t\f\r\n".indexOf(in.charAt(at)) < 0) at++;
        String word = in.substring(start, at);
        if (word.isEmpty()) throw syntaxError("Expected literal value");
        if (word.equalsIgnoreCase("null")) return JSONObject.NULL;
        if (word.equalsIgnoreCase("true")) return Boolean.TRUE;
        if (word.equalsIgnoreCase("false")) return Boolean.FALSE;
        try {
            if (word.indexOf('.') < 0 && !word.matches(".*[eE].*")) {
                long whole = Long.parseLong(word);
                if (whole >= Integer.MIN_VALUE && whole <= Integer.MAX_VALUE) return (int) whole;
                return whole;
            }
            return Double.valueOf(word);
        } catch (NumberFormatException e) {
            return word;
        }
    }

    private JSONObject object() throws JSONException {
        if (++depth > MAX_DEPTH) throw syntaxError("Nested too deeply");
        JSONObject object = new JSONObject();
        space();
        if (peek() == '}') {
            at++;
            depth--;
            return object;
        }
        while (true) {
            Object name = nextValue();
            if (!(name instanceof String)) throw syntaxError("Names must be strings, but " + name + " is not");
            space();
            char separator = peek();
            if (separator != ':' && separator != '=') throw syntaxError("Expected ':' after " + name);
            at++;
            object.put((String) name, nextValue());
            space();
            char next = peek();
            at++;
            if (next == '}') {
                depth--;
                return object;
            }
            if (next != ',' && next != ';') throw syntaxError("Unterminated object");
        }
    }

    private JSONArray array() throws JSONException {
        if (++depth > MAX_DEPTH) throw syntaxError("Nested too deeply");
        JSONArray array = new JSONArray();
        space();
        if (peek() == ']') {
            at++;
            depth--;
            return array;
        }
        while (true) {
            array.put(nextValue());
            space();
            char next = peek();
            at++;
            if (next == ']') {
                depth--;
                return array;
            }
            if (next != ',' && next != ';') throw syntaxError("Unterminated array");
        }
    }

    public String nextString(char quote) throws JSONException {
        StringBuilder out = new StringBuilder();
        while (at < in.length()) {
            char c = in.charAt(at++);
            if (c == quote) return out.toString();
            if (c != '\\') {
                out.append(c);
                continue;
            }
            if (at >= in.length()) break;
            char escaped = in.charAt(at++);
            switch (escaped) {
                case 'n': out.append('\n'); break;
                case 't': out.append('\t'); break;
                case 'r': out.append('\r'); break;
                case 'b': out.append('\b'); break;
                case 'f': out.append('\f'); break;
                case 'u':
                    if (at + 4 > in.length()) throw syntaxError("Unterminated escape sequence");
                    try {
                        out.append((char) Integer.parseInt(in.substring(at, at + 4), 16));
                    } catch (NumberFormatException e) {
                        throw syntaxError("Invalid escape sequence: " + in.substring(at, at + 4));
                    }
                    at += 4;
                    break;
                default: out.append(escaped);
            }
        }
        throw syntaxError("Unterminated string");
    }

    public boolean more() {
        return at < in.length();
    }

    private char peek() throws JSONException {
        if (at >= in.length()) throw syntaxError("End of input");
        return in.charAt(at);
    }

    private void space() {
        while (at < in.length() && Character.isWhitespace(in.charAt(at))) at++;
    }

    public JSONException syntaxError(String message) {
        return new JSONException(message + this);
    }

    @Override
    public String toString() {
        return " at character " + at + " of " + in;
    }
}
