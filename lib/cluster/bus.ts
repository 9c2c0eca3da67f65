/**
 * Carries messages between the instances of one service. A message is JSON. It
 * arrives at most once, in the order of its sender, also at the sender itself if
 * it listens.
 */
export interface Bus {
  /** Sends a message. Never throws and never waits: a message that cannot be sent
   * is lost. */
  tell(subject: string, message: unknown): void;
  /** Calls `hear` for every later message of the subject, until disposed of. What
   * arrives may be anything, so `hear` decodes it first. */
  on(subject: string, hear: (message: unknown) => void): Disposable;
}

/** A bus that knows whether a subject has listeners. */
export interface AskedBus extends Bus {
  /** Resolves to false if no process listens to the subject any more. A process
   * that is busy or suspended still listens. */
  reaches(subject: string): Promise<boolean>;
}

/** A bus that notices when it is away, and when it is back. */
export interface ReturningBus extends AskedBus {
  readonly isAway: boolean;
  /** Calls `run` whenever the bus is back here, or for others that were connected
   * to one of its servers, because messages may have been lost, until disposed
   * of. */
  onReturn(run: () => void): Disposable;
}
