import type { Signal } from "@preact/signals";

export function Plus({ count }: { count: Signal<number> }) {
  return (
    <button type="button" id="plus" onClick={() => count.value++}>+</button>
  );
}

export function Total({ count }: { count: Signal<number> }) {
  return <strong id="total">{count}</strong>;
}
