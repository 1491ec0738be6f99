package android.app;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The XML that Android keeps preferences in. */
final class PreferencesFile {
    private PreferencesFile() {}

    static Map<String, Object> read(File file) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        if (!file.exists()) return values;
        try (InputStream in = new FileInputStream(file)) {
            XMLInputFactory factory = XMLInputFactory.newInstance();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            XMLStreamReader xml = factory.createXMLStreamReader(in, "UTF-8");
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamConstants.START_ELEMENT || xml.getLocalName().equals("map")) continue;
                values.put(xml.getAttributeValue(null, "name"), value(xml));
            }
        } catch (XMLStreamException | NumberFormatException e) {
            throw new IOException(e);
        }
        return values;
    }

    private static Object value(XMLStreamReader xml) throws XMLStreamException {
        String text = xml.getAttributeValue(null, "value");
        switch (xml.getLocalName()) {
            case "string": return xml.getElementText();
            case "int": return Integer.valueOf(text);
            case "long": return Long.valueOf(text);
            case "float": return Float.valueOf(text);
            case "boolean": return Boolean.valueOf(text);
            default: return strings(xml);
        }
    }

    private static Set<String> strings(XMLStreamReader xml) throws XMLStreamException {
        Set<String> items = new LinkedHashSet<>();
        while (xml.next() != XMLStreamConstants.END_ELEMENT || !xml.getLocalName().equals("set")) {
            if (xml.isStartElement()) items.add(xml.getElementText());
        }
        return items;
    }

    static void write(File file, Map<String, Object> values) throws IOException {
        StringBuilder out = new StringBuilder("<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<map>\n");
        values.forEach((key, value) -> entry(out, key, value));
        out.append("</map>\n");
        Files.createDirectories(file.getParentFile().toPath());
        Path fresh = file.toPath().resolveSibling(file.getName() + "." + ProcessHandle.current().pid() + ".new");
        Files.write(fresh, out.toString().getBytes(StandardCharsets.UTF_8));
        Files.move(fresh, file.toPath(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void entry(StringBuilder out, String key, Object value) {
        String name = " name=\"" + escape(key) + "\"";
        if (value instanceof String) {
            out.append("    <string").append(name).append('>').append(escape((String) value)).append("</string>\n");
        } else if (value instanceof Set) {
            out.append("    <set").append(name).append(">\n");
            for (Object item : (Set<?>) value) {
                out.append("        <string>").append(escape((String) item)).append("</string>\n");
            }
            out.append("    </set>\n");
        } else {
            String type = value instanceof Integer ? "int" : value instanceof Long ? "long" : value instanceof Float ? "float" : "boolean";
            out.append("    <").append(type).append(name).append(" value=\"").append(value).append("\" />\n");
        }
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '<') out.append("&lt;");
            else if (c == '>') out.append("&gt;");
            else if (c == '&') out.append("&amp;");
            else if (c == '"') out.append("&quot;");
            else if (c == '\n' || c == '\r' || c == '\t') out.append("&#").append(c).append(';');
            else if (c < 0x20 || c >= 0xd800 && c < 0xe000 || c == 0xfffe || c == 0xffff) out.append('\ufffd');
            else out.appendCodePoint(c);
        });
        return out.toString();
    }
}
