import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { isComposing } from "@/lib/base/keys.ts";
import type { Agent } from "@/lib/model/agent.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { useLanguage } from "../admin/language.tsx";
import type { RowMoves } from "./agent_row.tsx";
import { moved } from "./order.ts";

interface Grabbed {
  address: string;
  /** The original position, for Escape. */
  from: number;
}

/**
 * Reordering without a mouse: press the handle to grab an agent, move it with
 * arrow keys or buttons, press again or press Enter to drop it, and press
 * Escape to cancel. `announcement` describes each step.
 */
export function useAgentOrder(
  agents: readonly Agent[],
  onOrder: (agents: readonly Agent[]) => void,
): { announcement: string; movesOf: (place: number) => RowMoves } {
  const { texts: { agents: texts } } = useLanguage();
  const [grabbed, setGrabbed] = useState<Grabbed>();
  const [announcement, announce] = useState("");
  const latest = useRef({ agents, onOrder });
  latest.current = { agents, onOrder: useKeptFocus(onOrder) };
  const nameAt = (place: number) => nameOf(agents[place]);
  function say(text: string, name: string, place: number): void {
    const count = agents.length;
    announce(fill(text, { name, place: place + 1, count }));
  }
  function move(from: number, to: number): void {
    const { agents, onOrder } = latest.current;
    if (moved(agents, from, to) !== agents) onOrder(moved(agents, from, to));
  }
  function toggle(place: number): void {
    const address = agents[place]?.address ?? "";
    const isGrabbed = grabbed?.address === address;
    setGrabbed(isGrabbed ? undefined : { address, from: place });
    say(isGrabbed ? texts.dropped : texts.grabbed, nameAt(place), place);
  }
  function step(place: number, by: -1 | 1): void {
    const to = place + by;
    if (to < 0 || to >= agents.length) return;
    move(place, to);
    say(texts.movedTo, nameAt(place), to);
  }
  function putBack(place: number): void {
    if (grabbed === undefined) return;
    move(place, grabbed.from);
    say(texts.putBack, nameAt(place), grabbed.from);
    setGrabbed(undefined);
  }
  return {
    announcement,
    movesOf: (place) => ({
      isGrabbed: grabbed?.address === agents[place]?.address,
      isFirst: place === 0,
      isLast: place === agents.length - 1,
      toggle: () => toggle(place),
      step: (by) => step(place, by),
      onKeyDown(event) {
        if (isComposing(event)) return;
        if (grabbed?.address !== agents[place]?.address) return;
        if (event.key === "ArrowUp") step(place, -1);
        else if (event.key === "ArrowDown") step(place, 1);
        else if (event.key === "Escape") putBack(place);
        else return;
        event.preventDefault();
      },
      moveTo(from, to) {
        move(from, to);
        say(texts.movedTo, nameAt(from), to);
      },
    }),
  };
}

/**
 * Wraps a `change` that moves elements, so that the focus stays on its element
 * after the next rendering. A browser without `moveBefore` removes an element
 * to move it, which loses the focus.
 */
function useKeptFocus<T>(change: (next: T) => void): (next: T) => void {
  const focused = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const element = focused.current;
    focused.current = null;
    const isLost = document.activeElement === document.body;
    if (isLost && element instanceof HTMLElement) element.focus();
  });
  return (next) => {
    focused.current = document.activeElement;
    change(next);
  };
}

function nameOf(agent: Agent | undefined): string {
  return agent?.name || agent?.address || "";
}
