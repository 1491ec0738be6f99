package android.text.style;

import android.content.ActivityNotFoundException;
import android.content.Intent;
import android.net.Uri;
import android.util.Log;
import android.view.View;

public class URLSpan extends ClickableSpan {
    private final String url;

    public URLSpan(String url) {
        this.url = url;
    }

    public String getURL() {
        return url;
    }

    @Override
    public void onClick(View widget) {
        try {
            widget.getContext().startActivity(new Intent(Intent.ACTION_VIEW, Uri.parse(url)));
        } catch (ActivityNotFoundException e) {
            Log.w("URLSpan", "Activity was not found for intent to " + url);
        }
    }
}
