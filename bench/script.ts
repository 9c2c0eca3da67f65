/** The frames of a bare server: the same bytes as those of the program. */
export interface Script {
  /** Answer to Start. */
  start: string[];
  /** Sent to all, one after the other, when a client sends `all:<name>`. */
  broadcasts: Record<string, string[]>;
  /** Answer to each HTTP request. */
  file: string;
}

interface Sink {
  send(text: string): void;
}

interface Told<S extends Sink> {
  script: Script;
  all: Set<S>;
  agents: Map<string, S>;
  partners: Map<S, S>;
}

const CONNECTED = JSON.stringify({ mt: "ChatInfo", state: "connected" });
const ACK = JSON.stringify({ mt: "ChatAck", id: "0", seq: 1, time: 1 });

/**
 * Implements a bare server. `agent:a` and `visitor:a` become partners; every
 * message of one goes to the other, and is acknowledged.
 */
export function tell<S extends Sink>(
  text: string,
  from: S,
  { script, all, agents, partners }: Told<S>,
): void {
  const [word = "", name = ""] = text.slice(0, 64).split(":");
  if (word === "all") {
    for (const line of script.broadcasts[name] ?? []) {
      for (const to of all) to.send(line);
    }
  } else if (word === "agent") agents.set(name, from);
  else if (word === "visitor") {
    const agent = agents.get(name);
    if (agent === undefined) return;
    partners.set(from, agent);
    partners.set(agent, from);
    from.send(CONNECTED);
  } else if (partners.has(from)) {
    partners.get(from)?.send(text);
    from.send(ACK);
  } else for (const line of script.start) from.send(line);
}
