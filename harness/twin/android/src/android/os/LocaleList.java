package android.os;

import java.util.Locale;

public final class LocaleList {
    private final Locale[] list;

    public LocaleList(Locale... list) {
        this.list = list.clone();
    }

    public static LocaleList getDefault() {
        return new LocaleList(Locale.getDefault());
    }

    public Locale get(int index) {
        return index >= 0 && index < list.length ? list[index] : null;
    }

    public int size() {
        return list.length;
    }

    public boolean isEmpty() {
        return list.length == 0;
    }

    public String toLanguageTags() {
        StringBuilder out = new StringBuilder();
        for (Locale locale : list) out.append(out.length() == 0 ? "" : ",").append(locale.toLanguageTag());
        return out.toString();
    }
}
