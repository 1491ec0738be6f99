// Imported before the bridge: on the JVM it looks up some fifty functions by listing all 60,000 symbols of libjvm, which
// takes longer than all the rest of its start. They are looked up by name instead.
const JVM = "libjvm.so";

if (Process.findModuleByName(JVM) !== null) {
  const { enumerateExports, enumerateSymbols } = Module.prototype;
  Module.prototype.enumerateExports = function () {
    return this.name === JVM ? [] : enumerateExports.call(this);
  };
  Module.prototype.enumerateSymbols = function () {
    return this.name === JVM ? byName(this) : enumerateSymbols.call(this);
  };
}

/** What the bridge makes of the list is one object with the symbols by their names; that is all it can be used for. */
function byName(library: Module): ModuleSymbolDetails[] {
  const found = new Proxy({}, {
    get(_, name: string): Pick<ModuleSymbolDetails, "name" | "address"> | undefined {
      const address = library.findExportByName(name) ?? library.findSymbolByName(name);
      return address === null ? undefined : { name, address };
    },
  });
  return { reduce: () => found } as unknown as ModuleSymbolDetails[];
}
