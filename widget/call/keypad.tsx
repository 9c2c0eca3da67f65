import type { CallProps } from "./call_view.tsx";

/** Keys for the menus of telephone systems. */
export function Keypad({ run, model }: CallProps) {
  return (
    <div class="keypad" role="group" aria-label={model.text("keypad")}>
      {[..."123456789*0#"].map((digit) => (
        <button
          type="button"
          key={digit}
          onClick={() => run.press(digit)}
        >
          {digit}
        </button>
      ))}
    </div>
  );
}
