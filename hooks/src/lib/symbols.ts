// Imported before the bridge: on the JVM it looks up some fifty functions by listing all 60,000 symbols of libjvm, and two
// more by reading what there is for debuggers in every library, which takes longer than all the rest of its start. They are
// looked up by name instead.
const JVM = "libjvm.so";
const jvm = Process.findModuleByName(JVM);

if (jvm !== null) {
  const { enumerateExports, enumerateSymbols } = Module.prototype;
  Module.prototype.enumerateExports = function () {
    return this.name === JVM ? [] : enumerateExports.call(this);
  };
  Module.prototype.enumerateSymbols = function () {
    return this.name === JVM ? byName(jvm) : enumerateSymbols.call(this);
  };
  const { fromName } = DebugSymbol;
  DebugSymbol.fromName = name => {
    for (const library of Process.enumerateModules()) {
      const address = library.findSymbolByName(name);
      if (address !== null) return { address } as DebugSymbol;
    }
    return fromName.call(DebugSymbol, name);
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
