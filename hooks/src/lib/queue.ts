// Events: numbered, batched, bounded. Order is kept; what does not fit is counted, never lost in silence.
import { MAX_BATCH, MAX_HELD, MAX_IN_FLIGHT } from "./limits.js";

export interface Report {
  /** Number of the last event. */
  readonly seq: number;
  /** Events that were seen and not sent, since the process started. */
  readonly dropped: number;
}

export class Queue<E extends object> {
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
      this.post({ t: "events", events });
    } catch {
      this.inFlight--;
      this.dropped += events.length;
    }
  }
}
