// Events: numbered, batched, bounded. Order is kept; what does not fit is counted, never lost in silence.
import { MAX_BATCH, MAX_HELD, MAX_IN_FLIGHT } from "./limits.js";

export interface Report {
  /** Number of the last event. */
  readonly seq: number;
  /** Events that were seen and not sent, since the process started. */
  readonly dropped: number;
}

interface Stacked {
  readonly stack: readonly string[];
}

/**
 * Each different stack once, and in its place the number of it: an app reads from the same places again and again, and
 * spelling the frames out for every event costs more than all the rest. The events are ours by now.
 */
function packed(events: readonly Stacked[]): { t: "events"; events: readonly object[]; stacks: (readonly string[])[] } {
  const numbers = new Map<readonly string[], number>();
  const stacks: (readonly string[])[] = [];
  for (const event of events as { stack: unknown }[]) {
    const frames = event.stack as readonly string[];
    let number = numbers.get(frames);
    if (number === undefined) {
      number = stacks.push(frames) - 1;
      numbers.set(frames, number);
    }
    event.stack = number;
  }
  return { t: "events", events, stacks };
}

export class Queue<E extends Stacked> {
  private seq = 0;
  private dropped = 0;
  private inFlight = 0;
  private held: (E & { seq: number })[] = [];

  /** `post` hands a message to the harness and may throw: then the events of that message count as dropped. */
  constructor(private readonly post: (message: object) => void) {}

  /** Takes the event over and numbers it. */
  push(event: E): void {
    if (this.held.length >= MAX_HELD) {
      this.dropped++;
      return;
    }
    (event as E & { seq: number }).seq = ++this.seq;
    this.held.push(event as E & { seq: number });
    if (this.held.length >= MAX_BATCH) this.flush();
  }

  /** Send what is held, in batches, as far as the harness keeps up. */
  flush(): void {
    while (this.held.length !== 0 && this.inFlight < MAX_IN_FLIGHT) this.send(this.held.splice(0, MAX_BATCH));
  }

  /** Send everything, whether the harness keeps up or not: the process is about to end. */
  drain(): Report {
    while (this.held.length !== 0) this.send(this.held.splice(0, MAX_BATCH));
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

  private send(events: (E & { seq: number })[]): void {
    this.inFlight++;
    try {
      this.post(packed(events));
    } catch {
      this.inFlight--;
      this.dropped += events.length;
    }
  }
}
