package android.location;

import android.content.Context;
import android.os.CancellationSignal;
import android.os.Handler;
import android.os.Looper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import twin.Binder;
import twin.Events;

public class LocationManager {
    public static final String GPS_PROVIDER = "gps";
    public static final String NETWORK_PROVIDER = "network";
    public static final String PASSIVE_PROVIDER = "passive";
    public static final String FUSED_PROVIDER = "fused";
    public static final String KEY_LOCATION_CHANGED = "location";
    public static final String PROVIDERS_CHANGED_ACTION = "android.location.PROVIDERS_CHANGED";
    public static final String MODE_CHANGED_ACTION = "android.location.MODE_CHANGED";

    private static final class Request {
        final LocationListener listener;
        final Executor executor;
        final boolean once;

        Request(LocationListener listener, Executor executor, boolean once) {
            this.listener = listener;
            this.executor = executor;
            this.once = once;
        }
    }

    private static final Map<Integer, Request> requests = new ConcurrentHashMap<>();
    private static final AtomicInteger nextId = new AtomicInteger();

    static {
        Events.on("location.update", args -> deliver(((Number) args.get("listener")).intValue(), (Map<?, ?>) args.get("location")));
    }

    LocationManager(Context context) {}

    public List<String> getAllProviders() {
        return new ArrayList<>(List.of(PASSIVE_PROVIDER, NETWORK_PROVIDER, FUSED_PROVIDER, GPS_PROVIDER));
    }

    public List<String> getProviders(boolean enabledOnly) {
        return getAllProviders();
    }

    public List<String> getProviders(Criteria criteria, boolean enabledOnly) {
        return getAllProviders();
    }

    @Deprecated
    public LocationProvider getProvider(String provider) {
        if (provider == null) throw new IllegalArgumentException("invalid null provider");
        return hasProvider(provider) ? new LocationProvider(provider) : null;
    }

    public String getBestProvider(Criteria criteria, boolean enabledOnly) {
        return criteria != null && criteria.getAccuracy() == Criteria.ACCURACY_COARSE ? NETWORK_PROVIDER : FUSED_PROVIDER;
    }

    public boolean isProviderEnabled(String provider) {
        return getAllProviders().contains(provider) && isLocationEnabled();
    }

    public boolean isLocationEnabled() {
        return Boolean.TRUE.equals(Binder.call("location.enabled"));
    }

    public boolean hasProvider(String provider) {
        return getAllProviders().contains(provider);
    }

    public String getGnssHardwareModelName() {
        return null;
    }

    public int getGnssYearOfHardware() {
        return 2022;
    }

    public Location getLastKnownLocation(String provider) {
        if (provider == null) throw new IllegalArgumentException("invalid null provider");
        return location((Map<?, ?>) Binder.call("location.last_known", provider));
    }

    public void getCurrentLocation(
            String provider, CancellationSignal cancellationSignal, Executor executor, Consumer<Location> consumer) {
        Location current = getLastKnownLocation(provider);
        executor.execute(() -> consumer.accept(current));
    }

    public void requestLocationUpdates(String provider, long minTimeMs, float minDistanceM, LocationListener listener) {
        requestLocationUpdates(provider, minTimeMs, minDistanceM, listener, null);
    }

    public void requestLocationUpdates(
            String provider, long minTimeMs, float minDistanceM, LocationListener listener, Looper looper) {
        request(provider, minTimeMs, minDistanceM, listener, on(looper), false);
    }

    public void requestLocationUpdates(
            String provider, long minTimeMs, float minDistanceM, Executor executor, LocationListener listener) {
        request(provider, minTimeMs, minDistanceM, listener, executor, false);
    }

    public void requestLocationUpdates(
            long minTimeMs, float minDistanceM, Criteria criteria, LocationListener listener, Looper looper) {
        requestLocationUpdates(getBestProvider(criteria, true), minTimeMs, minDistanceM, listener, looper);
    }

    @Deprecated
    public void requestSingleUpdate(String provider, LocationListener listener, Looper looper) {
        request(provider, 0, 0, listener, on(looper), true);
    }

    @Deprecated
    public void requestSingleUpdate(Criteria criteria, LocationListener listener, Looper looper) {
        requestSingleUpdate(getBestProvider(criteria, true), listener, looper);
    }

    public void removeUpdates(LocationListener listener) {
        if (listener == null) throw new IllegalArgumentException("invalid null listener");
        requests.entrySet().removeIf(entry -> {
            if (entry.getValue().listener != listener) return false;
            Binder.call("location.remove", entry.getKey());
            return true;
        });
    }

    private static void request(
            String provider, long minTimeMs, float minDistanceM, LocationListener listener, Executor executor, boolean once) {
        if (provider == null) throw new IllegalArgumentException("invalid null provider");
        if (listener == null) throw new IllegalArgumentException("invalid null listener");
        int id = nextId.incrementAndGet();
        requests.put(id, new Request(listener, executor, once));
        try {
            Binder.call("location.request", id, provider, minTimeMs, once);
        } catch (RuntimeException e) {
            requests.remove(id);
            throw e;
        }
    }

    private static void deliver(int id, Map<?, ?> facts) {
        Request request = requests.get(id);
        if (request == null) return;
        if (request.once) requests.remove(id);
        Location location = location(facts);
        request.executor.execute(() -> request.listener.onLocationChanged(location));
    }

    private static Executor on(Looper looper) {
        Looper target = looper != null ? looper : Looper.myLooper();
        if (target == null) throw new IllegalArgumentException("Can't create handler inside thread that has not called Looper.prepare()");
        Handler handler = new Handler(target);
        return handler::post;
    }

    private static Location location(Map<?, ?> facts) {
        if (facts == null) return null;
        Location location = new Location((String) facts.get("provider"));
        location.setLatitude(((Number) facts.get("latitude")).doubleValue());
        location.setLongitude(((Number) facts.get("longitude")).doubleValue());
        location.setAltitude(((Number) facts.get("altitude")).doubleValue());
        location.setAccuracy(((Number) facts.get("accuracy")).floatValue());
        location.setTime(((Number) facts.get("time_ms")).longValue());
        location.setElapsedRealtimeNanos((long) (((Number) facts.get("boot_ms")).doubleValue() * 1e6));
        return location;
    }
}
