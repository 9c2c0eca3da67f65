import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { AdminClient } from "@/lib/protocol/admin/client.ts";
import type {
  IceServerView,
  NetworkTest,
  NetworkView,
} from "@/lib/protocol/admin/network.ts";
import { newProbe, type Probe } from "./probe_state.ts";
import type { ProbeOptions } from "./probe.ts";

/** More than a request takes, and less than what makes credentials invalid. */
export const CLOCK_TOLERANCE_MS = 60_000;

export type Run =
  | { state: "idle" }
  /** Credentials are being requested from the service. */
  | { state: "asking" }
  | { state: "running" }
  | { state: "over" };

/** A server with the state of its test. */
export interface Tested extends IceServerView {
  probe?: Probe;
}

type Server = NetworkTest["servers"][number];
export type RunProbe = (
  server: RTCIceServer & { urls: string },
  options: ProbeOptions,
) => Promise<Probe>;

export interface NetworkDeps {
  api: Pick<AdminClient, "testNetwork">;
  clock: Clock;
  texts: AdminTexts;
  probe: RunProbe;
}

/** The network page: the servers, and one test of all of them at a time. */
export class NetworkModel {
  readonly #deps: NetworkDeps;
  readonly #view = signal<Omit<NetworkView, "servers">>({ source: "none" });
  readonly #servers = signal<readonly Tested[]>([]);
  readonly #run = signal<Run>({ state: "idle" });
  readonly #failure = signal("");
  readonly #skewMs = signal<number | undefined>(undefined);
  #leaving = new AbortController();

  constructor({ servers, ...view }: NetworkView, deps: NetworkDeps) {
    this.#deps = deps;
    this.#view.value = view;
    this.#servers.value = servers;
  }

  get source(): NetworkView["source"] {
    return this.#view.value.source;
  }

  get servers(): ReadonlySignal<readonly Tested[]> {
    return this.#servers;
  }

  get run(): ReadonlySignal<Run> {
    return this.#run;
  }

  /** Why no test was possible; "" if one was. */
  get failure(): ReadonlySignal<string> {
    return this.#failure;
  }

  /** The lead of this browser's clock over the service's. 0 if the
   * difference is negligible, undefined until the first request. */
  readonly skewMs: ReadonlySignal<number | undefined> = computed(() => {
    const skew = this.#skewMs.value;
    if (skew === undefined) return undefined;
    return Math.abs(skew) > CLOCK_TOLERANCE_MS ? skew : 0;
  });

  /** Tests all servers at the same time. Does nothing while a test is
   * running. */
  async test(): Promise<void> {
    const { state } = this.#run.value;
    if (state === "asking" || state === "running") return;
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    this.#run.value = { state: "asking" };
    this.#failure.value = "";
    const askedAt = this.#deps.clock.now();
    const answer = await this.#deps.api.testNetwork();
    if (signal.aborted) return;
    if (!answer.ok) {
      this.#run.value = { state: "idle" };
      const { texts } = this.#deps;
      this.#failure.value = reasonText(answer.error.reason, texts);
      return;
    }
    const { servers, now, source } = answer.value;
    this.#skewMs.value = (askedAt + this.#deps.clock.now()) / 2 - now;
    this.#view.value = { source };
    this.#servers.value = servers.map(({ url, credentials }) => ({
      url,
      credentials,
      probe: newProbe(url),
    }));
    this.#run.value = { state: "running" };
    await Promise.all(servers.map((server, at) => this.#test(server, at)));
    if (!signal.aborted) this.#run.value = { state: "over" };
  }

  /** Stops the test; known results stay. */
  stop(): void {
    const { state } = this.#run.value;
    if (state !== "asking" && state !== "running") return;
    this.#leaving.abort();
    this.#run.value = { state: "over" };
  }

  async #test(server: Server, at: number): Promise<void> {
    const { own, longer, url, credentials } = server;
    const { signal } = this.#leaving;
    const show = (probe: Probe) => this.#show(at, probe);
    if (credentials === "missing") {
      return show({ state: "failed", why: "missing" });
    }
    const options = { signal, clock: this.#deps.clock, tell: () => {} };
    const found = await this.#deps
      .probe({ urls: url, ...own }, { ...options, tell: showRunning(show) });
    if (!isRefused(found) || longer === undefined) return show(found);
    // A server that accepts a later expiry, but not an early one, has a wrong
    // clock.
    const again = await this.#deps.probe({ urls: url, ...longer }, options);
    const isLate = again.state === "passed";
    show(isLate ? { state: "failed", why: "clock" } : found);
  }

  #show(at: number, probe: Probe): void {
    this.#servers.value = this.#servers.value
      .map((server, n) => n === at ? { ...server, probe } : server);
  }
}

/** Hides the end of the test, because the caller shows its meaning. */
function showRunning(show: (probe: Probe) => void): (probe: Probe) => void {
  return (probe) => {
    if (probe.state === "relaying") show(probe);
  };
}

function isRefused(probe: Probe): boolean {
  return probe.state === "failed" && probe.why === "unauthorized";
}
