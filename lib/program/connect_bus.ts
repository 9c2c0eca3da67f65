import { type Clock, systemClock } from "@/lib/base/clock.ts";
import { err, type Result } from "@/lib/base/result.ts";
import { NatsBus } from "@/lib/cluster/nats_bus.ts";
import type { Config } from "./settings.ts";

/** Connects to the NATS of the settings, for which it waits up to 30 s. The error
 * is a sentence without a period. */
export async function connectBus(
  { nats, natsCreds }: Config,
  clock: Clock,
  onBadFrame?: () => void,
): Promise<Result<NatsBus, string>> {
  if (nats === "") return err("CW_NATS is empty");
  const credentials = natsCreds !== "" && await Deno.readTextFile(natsCreds);
  return await NatsBus.connect(nats, {
    clock,
    ...credentials && { credentials },
    ...onBadFrame && { onBadFrame },
  });
}

/** Returns why NATS cannot be used with these settings, if so. */
export async function natsErrorOf(config: Config): Promise<string | undefined> {
  const bus = await connectBus(config, systemClock);
  if (!bus.ok) return bus.error;
  await bus.value[Symbol.asyncDispose]();
  return undefined;
}
