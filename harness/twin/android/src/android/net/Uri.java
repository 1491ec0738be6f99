package android.net;

import android.os.Parcel;
import android.os.Parcelable;
import java.io.File;
import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** An immutable RFC 2396 reference that, as on Android, does not check what it parses. */
public abstract class Uri implements Parcelable, Comparable<Uri> {
    public static final Uri EMPTY = new Text("");

    public static final Parcelable.Creator<Uri> CREATOR = new Parcelable.Creator<Uri>() {
        @Override
        public Uri createFromParcel(Parcel source) {
            return parse(source.readString());
        }

        @Override
        public Uri[] newArray(int size) {
            return new Uri[size];
        }
    };

    private static final String UNRESERVED = "_-!.~'()*";

    private Uri() {}

    public static Uri parse(String uriString) {
        return new Text(Objects.requireNonNull(uriString, "uriString"));
    }

    public static Uri fromFile(File file) {
        return new Text("file://" + encode(file.getAbsolutePath(), "/"));
    }

    public static Uri fromParts(String scheme, String ssp, String fragment) {
        return new Text(scheme + ":" + encode(ssp) + (fragment == null ? "" : "#" + encode(fragment)));
    }

    public static Uri withAppendedPath(Uri baseUri, String pathSegment) {
        return baseUri.buildUpon().appendEncodedPath(pathSegment).build();
    }

    public static String encode(String s) {
        return encode(s, null);
    }

    /** Percent-encodes all but letters, digits, "_-!.~'()*" and what `allow` names. */
    public static String encode(String s, String allow) {
        if (s == null) return null;
        StringBuilder out = new StringBuilder(s.length() + 16);
        for (byte b : s.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
                    || c < 0x80 && (UNRESERVED.indexOf(c) >= 0 || allow != null && allow.indexOf(c) >= 0);
            if (plain) out.append(c);
            else out.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                    .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
        }
        return out.toString();
    }

    /** A broken escape becomes U+FFFD. */
    public static String decode(String s) {
        if (s == null || s.indexOf('%') < 0) return s;
        try {
            return URLDecoder.decode(s.replace("+", "%2B"), "UTF-8");
        } catch (IllegalArgumentException e) {
            return s.replaceAll("%(?![0-9a-fA-F]{2})", "\ufffd");
        } catch (UnsupportedEncodingException e) {
            throw new AssertionError(e);
        }
    }

    public abstract String getScheme();
    public abstract String getEncodedSchemeSpecificPart();
    public abstract String getEncodedAuthority();
    public abstract String getEncodedPath();
    public abstract String getEncodedQuery();
    public abstract String getEncodedFragment();
    public abstract boolean isHierarchical();
    public abstract Builder buildUpon();

    @Override
    public abstract String toString();

    public boolean isOpaque() {
        return !isHierarchical();
    }

    public boolean isRelative() {
        return getScheme() == null;
    }

    public boolean isAbsolute() {
        return !isRelative();
    }

    public String getSchemeSpecificPart() {
        return decode(getEncodedSchemeSpecificPart());
    }

    public String getAuthority() {
        return decode(getEncodedAuthority());
    }

    public String getEncodedUserInfo() {
        String authority = getEncodedAuthority();
        int end = authority == null ? -1 : authority.lastIndexOf('@');
        return end < 0 ? null : authority.substring(0, end);
    }

    public String getUserInfo() {
        return decode(getEncodedUserInfo());
    }

    public String getHost() {
        String authority = getEncodedAuthority();
        if (authority == null) return null;
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        int port = portStart(host);
        return decode(port < 0 ? host : host.substring(0, port));
    }

    public int getPort() {
        String authority = getEncodedAuthority();
        if (authority == null) return -1;
        int start = portStart(authority);
        if (start < 0) return -1;
        try {
            return Integer.parseInt(decode(authority.substring(start + 1)));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static int portStart(String host) {
        int at = host.length() - 1;
        while (at >= 0 && Character.isDigit(host.charAt(at))) at--;
        return at >= 0 && host.charAt(at) == ':' ? at : -1;
    }

    public String getPath() {
        return decode(getEncodedPath());
    }

    public List<String> getPathSegments() {
        String path = getEncodedPath();
        if (path == null) return Collections.emptyList();
        List<String> segments = new ArrayList<>();
        for (String part : path.split("/")) {
            if (!part.isEmpty()) segments.add(decode(part));
        }
        return Collections.unmodifiableList(segments);
    }

    public String getLastPathSegment() {
        List<String> segments = getPathSegments();
        return segments.isEmpty() ? null : segments.get(segments.size() - 1);
    }

    public String getQuery() {
        return decode(getEncodedQuery());
    }

    public String getFragment() {
        return decode(getEncodedFragment());
    }

    public Set<String> getQueryParameterNames() {
        needHierarchical();
        Set<String> names = new LinkedHashSet<>();
        for (String[] pair : pairs()) names.add(decode(pair[0]));
        return Collections.unmodifiableSet(names);
    }

    public List<String> getQueryParameters(String key) {
        needHierarchical();
        List<String> values = new ArrayList<>();
        for (String[] pair : pairs()) {
            if (decode(pair[0]).equals(key)) values.add(decode(pair[1].replace("+", "%20")));
        }
        return Collections.unmodifiableList(values);
    }

    public String getQueryParameter(String key) {
        List<String> values = getQueryParameters(Objects.requireNonNull(key, "key"));
        return values.isEmpty() ? null : values.get(0);
    }

    public boolean getBooleanQueryParameter(String key, boolean defaultValue) {
        String value = getQueryParameter(key);
        return value == null ? defaultValue : !"false".equalsIgnoreCase(value) && !"0".equals(value);
    }

    private List<String[]> pairs() {
        String query = getEncodedQuery();
        List<String[]> pairs = new ArrayList<>();
        if (query == null || query.isEmpty()) return pairs;
        for (String part : query.split("&")) {
            int equals = part.indexOf('=');
            pairs.add(equals < 0 ? new String[] {part, ""} : new String[] {part.substring(0, equals), part.substring(equals + 1)});
        }
        return pairs;
    }

    private void needHierarchical() {
        if (isOpaque()) throw new UnsupportedOperationException("This isn't a hierarchical URI.");
    }

    public Uri normalizeScheme() {
        String scheme = getScheme();
        if (scheme == null) return this;
        String lower = scheme.toLowerCase(java.util.Locale.ROOT);
        return lower.equals(scheme) ? this : new Text(lower + toString().substring(scheme.length()));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Uri && toString().equals(o.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public int compareTo(Uri other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public int describeContents() {
        return 0;
    }

    @Override
    public void writeToParcel(Parcel out, int flags) {
        out.writeString(toString());
    }

    private static final class Text extends Uri {
        private final String text;
        private final String scheme;
        private final String ssp;
        private final String fragment;
        private final String authority;
        private final String path;
        private final String query;

        Text(String text) {
            this.text = text;
            int hash = text.indexOf('#');
            String rest = hash < 0 ? text : text.substring(0, hash);
            fragment = hash < 0 ? null : text.substring(hash + 1);
            int colon = rest.indexOf(':');
            scheme = colon < 0 || rest.indexOf('/') >= 0 && rest.indexOf('/') < colon ? null : rest.substring(0, colon);
            ssp = scheme == null ? rest : rest.substring(colon + 1);
            if (scheme != null && !ssp.startsWith("/")) {
                authority = path = query = null;
                return;
            }
            int mark = ssp.indexOf('?');
            query = mark < 0 ? null : ssp.substring(mark + 1);
            String hierarchy = mark < 0 ? ssp : ssp.substring(0, mark);
            if (hierarchy.startsWith("//")) {
                int slash = hierarchy.indexOf('/', 2);
                authority = slash < 0 ? hierarchy.substring(2) : hierarchy.substring(2, slash);
                path = slash < 0 ? "" : hierarchy.substring(slash);
            } else {
                authority = null;
                path = hierarchy;
            }
        }

        @Override
        public String getScheme() {
            return scheme;
        }

        @Override
        public String getEncodedSchemeSpecificPart() {
            return ssp;
        }

        @Override
        public String getEncodedAuthority() {
            return authority;
        }

        @Override
        public String getEncodedPath() {
            return path;
        }

        @Override
        public String getEncodedQuery() {
            return query;
        }

        @Override
        public String getEncodedFragment() {
            return fragment;
        }

        @Override
        public boolean isHierarchical() {
            return scheme == null || ssp.startsWith("/");
        }

        @Override
        public Builder buildUpon() {
            Builder builder = new Builder();
            builder.scheme = scheme;
            builder.authority = authority;
            builder.path = path;
            builder.query = query;
            builder.fragment = fragment;
            builder.opaque = isOpaque() ? ssp : null;
            return builder;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public static final class Builder {
        private String scheme;
        private String opaque;
        private String authority;
        private String path;
        private String query;
        private String fragment;

        public Builder() {}

        public Builder scheme(String scheme) {
            this.scheme = scheme;
            return this;
        }

        public Builder opaquePart(String opaquePart) {
            opaque = encode(opaquePart);
            return this;
        }

        public Builder encodedOpaquePart(String opaquePart) {
            opaque = opaquePart;
            return this;
        }

        public Builder authority(String authority) {
            return encodedAuthority(encode(authority, "@:[]"));
        }

        public Builder encodedAuthority(String authority) {
            opaque = null;
            this.authority = authority;
            return this;
        }

        public Builder path(String path) {
            return encodedPath(encode(path, "/"));
        }

        public Builder encodedPath(String path) {
            opaque = null;
            this.path = path;
            return this;
        }

        public Builder appendPath(String newSegment) {
            return appendEncodedPath(encode(newSegment));
        }

        public Builder appendEncodedPath(String newSegment) {
            if (newSegment == null) return this;
            String base = path == null ? "" : path;
            String tail = newSegment.startsWith("/") ? newSegment.substring(1) : newSegment;
            return encodedPath(base.endsWith("/") ? base + tail : base + "/" + tail);
        }

        public Builder query(String query) {
            return encodedQuery(encode(query, "=&"));
        }

        public Builder encodedQuery(String query) {
            opaque = null;
            this.query = query;
            return this;
        }

        public Builder clearQuery() {
            return encodedQuery(null);
        }

        public Builder appendQueryParameter(String key, String value) {
            String pair = encode(key) + "=" + encode(value);
            return encodedQuery(query == null || query.isEmpty() ? pair : query + "&" + pair);
        }

        public Builder fragment(String fragment) {
            return encodedFragment(encode(fragment));
        }

        public Builder encodedFragment(String fragment) {
            this.fragment = fragment;
            return this;
        }

        public Uri build() {
            if (opaque != null && scheme == null) throw new UnsupportedOperationException("An opaque URI must have a scheme.");
            StringBuilder text = new StringBuilder();
            if (scheme != null) text.append(scheme).append(':');
            if (opaque != null) {
                text.append(opaque);
            } else {
                if (authority != null) text.append("//").append(authority);
                if (path != null) {
                    boolean relative = !path.startsWith("/") && !path.isEmpty() && (scheme != null || authority != null);
                    text.append(relative ? "/" : "").append(path);
                }
                if (query != null) text.append('?').append(query);
            }
            if (fragment != null) text.append('#').append(fragment);
            return new Text(text.toString());
        }

        @Override
        public String toString() {
            return build().toString();
        }
    }
}
