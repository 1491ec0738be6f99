// System properties that give the serial number.
export const SERIAL_PROPERTIES: ReadonlySet<string> = new Set(["ro.serialno", "ro.boot.serialno", "ro.vendor.serialno", "vendor.serialno", "ril.serialnumber"]);
