/** InetAddress.getHostAddress() and its kin on an address of the device itself, WifiInfo.getIpAddress(), WifiManager.getDhcpInfo() */
import { across, defineHook, PLATFORM, type Call } from "../../lib/hook.js";
import { isOwnAddress } from "../../lib/addresses.js";
import { Ref, takeText, text, type Value } from "../../lib/ref.js";

const FROM = [...PLATFORM, "java.net.", "javax.net.", "okhttp3.", "okio."];

/** The address as text, from the raw bytes: no name look-up. */
function addressOf(holder: Ref | null): string {
  return holder === null ? "" : takeText(holder.as("java.net.InetAddress").getHostAddress()).split("%")[0]!;
}

const own = { when: ({ self }: Call) => isOwnAddress(addressOf(self)), values: (_: Value, { self }: Call) => [addressOf(self)], notFrom: FROM };
const IN_SOCKET = "java.net.InetSocketAddress";

function inSocket(self: Ref | null): string {
  const address = self?.as(IN_SOCKET).getAddress();
  return address === null || address === undefined ? "" : addressOf(new Ref(address.$h, false));
}

/** An IPv4 address in an int, lowest byte first. */
function dotted(value: number): string {
  return [0, 8, 16, 24].map(shift => (value >>> shift) & 255).join(".");
}

export default defineHook({
  id: "ip-address", dataType: "ip_address",
  targets: [
    ...across(["java.net.Inet4Address", "java.net.Inet6Address"], ["getHostAddress", "getAddress"], own),
    { class: "java.net.InetAddress", method: "getHostName", ...own },
    ...across([IN_SOCKET], ["getAddress", "getHostName"], { when: ({ self }) => isOwnAddress(inSocket(self)), values: (_, { self }) => [inSocket(self)], notFrom: FROM }),
    { class: "android.net.wifi.WifiInfo", method: "getIpAddress", values: returned => [dotted(Number(text(returned)))], notFrom: PLATFORM },
    { class: "android.net.wifi.WifiManager", method: "getDhcpInfo", values: returned => (returned instanceof Ref ? [dotted(returned.as("android.net.DhcpInfo").ipAddress.value)] : []), notFrom: PLATFORM },
  ],
});
