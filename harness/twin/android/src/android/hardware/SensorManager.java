package android.hardware;

import android.content.Context;
import android.os.Handler;
import android.os.Looper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import twin.Binder;
import twin.Events;

public class SensorManager {
    public static final int SENSOR_DELAY_FASTEST = 0;
    public static final int SENSOR_DELAY_GAME = 1;
    public static final int SENSOR_DELAY_UI = 2;
    public static final int SENSOR_DELAY_NORMAL = 3;
    public static final int SENSOR_STATUS_UNRELIABLE = 0;
    public static final int SENSOR_STATUS_ACCURACY_HIGH = 3;
    public static final float GRAVITY_EARTH = 9.80665f;
    public static final float STANDARD_GRAVITY = 9.80665f;
    public static final float LIGHT_CLOUDY = 100.0f;

    private static final class Registration {
        final SensorEventListener listener;
        final Sensor sensor;
        final Handler handler;

        Registration(SensorEventListener listener, Sensor sensor, Handler handler) {
            this.listener = listener;
            this.sensor = sensor;
            this.handler = handler;
        }
    }

    private static final Map<Integer, Registration> registrations = new ConcurrentHashMap<>();
    private static final AtomicInteger nextId = new AtomicInteger();

    static {
        Events.on("sensor.event", SensorManager::deliver);
    }

    private List<Sensor> sensors;

    SensorManager(Context context) {}

    public List<Sensor> getSensorList(int type) {
        List<Sensor> matching = new ArrayList<>();
        for (Sensor sensor : sensors()) {
            if (type == Sensor.TYPE_ALL || sensor.getType() == type) matching.add(sensor);
        }
        return matching;
    }

    public Sensor getDefaultSensor(int type) {
        List<Sensor> matching = getSensorList(type);
        return matching.isEmpty() ? null : matching.get(0);
    }

    public boolean registerListener(SensorEventListener listener, Sensor sensor, int samplingPeriodUs) {
        return registerListener(listener, sensor, samplingPeriodUs, null);
    }

    public boolean registerListener(SensorEventListener listener, Sensor sensor, int samplingPeriodUs, int maxReportLatencyUs) {
        return registerListener(listener, sensor, samplingPeriodUs, null);
    }

    public boolean registerListener(SensorEventListener listener, Sensor sensor, int samplingPeriodUs, Handler handler) {
        if (listener == null || sensor == null) return false;
        int id = nextId.incrementAndGet();
        registrations.put(id, new Registration(listener, sensor, handler != null ? handler : new Handler(Looper.getMainLooper())));
        boolean registered = false;
        try {
            registered = Boolean.TRUE.equals(Binder.call("sensors.register", id, sensor.getType(), period(samplingPeriodUs)));
        } finally {
            if (!registered) registrations.remove(id);
        }
        return registered;
    }

    public void unregisterListener(SensorEventListener listener) {
        unregisterListener(listener, null);
    }

    public void unregisterListener(SensorEventListener listener, Sensor sensor) {
        registrations.entrySet().removeIf(entry -> {
            Registration registration = entry.getValue();
            if (registration.listener != listener || sensor != null && registration.sensor.getType() != sensor.getType()) return false;
            Binder.call("sensors.unregister", entry.getKey());
            return true;
        });
    }

    public boolean flush(SensorEventListener listener) {
        return true;
    }

    private static int period(int samplingPeriodUs) {
        switch (samplingPeriodUs) {
            case SENSOR_DELAY_FASTEST: return 0;
            case SENSOR_DELAY_GAME: return 20_000;
            case SENSOR_DELAY_UI: return 66_667;
            case SENSOR_DELAY_NORMAL: return 200_000;
            default: return samplingPeriodUs;
        }
    }

    private synchronized List<Sensor> sensors() {
        if (sensors == null) {
            sensors = new ArrayList<>();
            for (Object each : (List<?>) Binder.call("sensors.list")) sensors.add(new Sensor((Map<?, ?>) each));
        }
        return sensors;
    }

    private static void deliver(Map<String, Object> args) {
        Registration registration = registrations.get(((Number) args.get("listener")).intValue());
        if (registration == null) return;
        List<?> list = (List<?>) args.get("values");
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) values[i] = ((Number) list.get(i)).floatValue();
        long timestamp = (long) (((Number) args.get("boot_ms")).doubleValue() * 1e6);
        registration.handler.post(() -> {
            if (!registrations.containsValue(registration)) return;
            registration.listener.onSensorChanged(new SensorEvent(registration.sensor, values, timestamp));
        });
    }
}
