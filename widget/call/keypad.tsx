import type { CallProps } from "./call_props.ts";
import type { CallRun } from "./call_run.ts";

/** Keys for the menus of telephone systems. */
export function Keypad({ run, model }: CallProps) {
  return (
    <div class="keypad" role="group" aria-label={model.text("keypad")}>
      {[..."123456789*0#"].map((digit) => (
        <button
          type="button"
          key={digit}
          aria-disabled={!run.phone?.dials}
          onClick={() => press(run, digit)}
        >
          {digit}
        </button>
      ))}
    </div>
  );
}

/** Sends a key in the audio for a telephone system, and as a message for an
 * agent at the desk. */
function press({ phone, owner }: CallRun, digit: string): void {
  if (!phone?.dials) return owner.changed();
  phone.dial(digit);
  owner.send({ mt: "Dtmf", digits: digit });
}
