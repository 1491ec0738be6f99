package android.webkit;

public class WebMessage {
    private final String data;

    public WebMessage(String data) {
        this.data = data;
    }

    public String getData() {
        return data;
    }
}
