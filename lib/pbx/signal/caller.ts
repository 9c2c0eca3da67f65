import type { OutgoingCall, OutgoingChat } from "@/lib/contact/ports.ts";

/**
 * How a visitor is named at the agent's phone or client. P50: with
 * `cli_override`, the PBX keeps what the setup says of the caller. Without it, the
 * PBX may put there what it has stored for the App object (SDK: Signal).
 */
export function callerOf(
  { visitor }: Pick<OutgoingCall | OutgoingChat, "visitor">,
  cliOverride: boolean,
): { type: string; name?: string }[] {
  const name = visitor.name || visitor.widget.name;
  const named = { type: "name_identification", name };
  return cliOverride ? [named, { type: "cli_override" }] : [named];
}
