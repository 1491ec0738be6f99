// Events: numbered, batched, bounded. Order is kept; what does not fit is counted, never lost in silence.
import type { Observed } from "../../build/message-types.js";
import { MAX_BATCH, MAX_HELD, MAX_IN_FLIGHT } from "./limits.js";

export interface Report {
  /** Number of the last event. */
  readonly seq: number;
  /** Events that were seen and not sent, since the process started. */
  readonly dropped: number;
}

// What calls of one place have in common goes once in a batch, and so does each different stack: an app reads from the same
// places again and again, and spelling them out for every event costs more than all the rest.
// What is the same object is taken for the same thing.
const SITE = ["kind", "hook", "data_type", "api", "result", "exception", "caller"] as const;
const ROW = ["seq", "t", "took_ms", "tid", "args", "values"] as const;
export type Site = Pick<Observed, (typeof SITE)[number]>;

/** A call as it goes on the wire, before it has its number: harness/capture/messages.py says what each field means. */
export interface Observation extends Pick<Observed, Exclude<(typeof ROW)[number], "seq">> {
  /** Not changed any more, as the stack is not. */
  readonly site: Site;
  readonly stack: readonly string[];
}

/** Does not compile when the contract has a field that goes nowhere. */
const nowhere: [Exclude<keyof Observed, keyof Site | (typeof ROW)[number] | "stack">] extends [never] ? [] : ["no place for", Exclude<keyof Observed, keyof Site | (typeof ROW)[number] | "stack">] = [];
void nowhere;

/** The events of one message as JSON text, grown as they come: that is several times cheaper than doing it at the end. */
class Batch {
  count = 0;
  private rows = "";
  private readonly sites = new Map<Site, number>();
  private readonly stacks = new Map<readonly string[], number>();

  add(seq: number, event: Observation): void {
    const { args, values } = event;
    const head = `${this.count === 0 ? "[" : ",["}${numberIn(this.sites, event.site)},${numberIn(this.stacks, event.stack)},${seq},${event.t},${event.took_ms},${event.tid},`;
    this.rows += `${head}${args.length === 0 ? "[]" : JSON.stringify(args)},${values.length === 0 ? "[]" : JSON.stringify(values)}]`;
    this.count++;
  }

  /** {"t":"events","site":[names],"row":[names],"sites":[…],"stacks":[…],"rows":[[site, stack, …row]]} */
  text(): string {
    const stacks = JSON.stringify([...this.stacks.keys()]);
    const sites = JSON.stringify([...this.sites.keys()].map(site => SITE.map(name => site[name])));
    return `{"t":"events","site":${JSON.stringify(SITE)},"row":${JSON.stringify(ROW)},"sites":${sites},"stacks":${stacks},"rows":[${this.rows}]}`;
  }
}

function numberIn<T>(known: Map<T, number>, one: T): number {
  let number = known.get(one);
  if (number === undefined) known.set(one, (number = known.size));
  return number;
}

export class Queue {
  private seq = 0;
  private dropped = 0;
  private inFlight = 0;
  private held = 0;
  /** The last one is filled; all others are full. */
  private batches: Batch[] = [];

  /** `post` hands a message to the harness and may throw: then the events of that message count as dropped. */
  constructor(private readonly post: (text: string) => void) {}

  /** Numbers the event and takes it over. */
  push(event: Observation): void {
    if (this.held >= MAX_HELD) {
      this.dropped++;
      return;
    }
    let batch = this.batches[this.batches.length - 1];
    if (batch === undefined || batch.count >= MAX_BATCH) this.batches.push((batch = new Batch()));
    batch.add(++this.seq, event);
    this.held++;
    if (batch.count >= MAX_BATCH) this.flush();
  }

  /** Send what is held, in batches, as far as the harness keeps up. */
  flush(): void {
    while (this.batches.length !== 0 && this.inFlight < MAX_IN_FLIGHT) this.send(this.batches.shift()!);
  }

  /** Send everything, whether the harness keeps up or not: the process is about to end. */
  drain(): Report {
    while (this.batches.length !== 0) this.send(this.batches.shift()!);
    return this.report();
  }

  /** The harness has taken `batches` of ours. */
  taken(batches: number): void {
    this.inFlight = Math.max(0, this.inFlight - batches);
    this.flush();
  }

  report(): Report {
    return { seq: this.seq, dropped: this.dropped };
  }

  private send(batch: Batch): void {
    this.inFlight++;
    this.held -= batch.count;
    try {
      this.post(batch.text());
    } catch {
      this.inFlight--;
      this.dropped += batch.count;
    }
  }
}
