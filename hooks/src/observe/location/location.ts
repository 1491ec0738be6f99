/** LocationManager.getLastKnownLocation(), requestLocationUpdates() and its kin, Location.getLatitude() and getLongitude() */
import { across, defineHook } from "../../lib/hook.js";
import { Ref, text, type Value } from "../../lib/ref.js";

const MANAGER = "android.location.LocationManager";

function coordinates(returned: Value): string[] {
  if (!(returned instanceof Ref)) return [];
  const location = returned.as("android.location.Location");
  return [String(location.getLatitude()), String(location.getLongitude())];
}

export default defineHook({
  id: "location", dataType: "location",
  targets: [
    { class: MANAGER, method: "getLastKnownLocation", values: coordinates },
    ...across(["android.location.Location"], ["getLatitude", "getLongitude"], { values: returned => [text(returned)] }),
    // They only ask: what comes back is read from the Location given to the app's listener.
    ...across([MANAGER], ["requestLocationUpdates", "requestSingleUpdate", "getCurrentLocation"], { result: () => "empty" }),
    ...across(["com.google.android.gms.location.FusedLocationProviderClient"], ["getLastLocation", "getCurrentLocation", "requestLocationUpdates"], { result: () => "empty", mayBeAbstract: true }),
  ],
});
