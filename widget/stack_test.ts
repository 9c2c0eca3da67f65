import { deepEqual, equal } from "node:assert/strict";
import { replaceGlobals } from "@/tests/support/replace_globals.ts";
import { stack } from "./stack.ts";

/** A launcher's place in px: from the left, and above the window's lower edge. */
interface Place {
  left: number;
  bottom?: number;
  width?: number;
}

function launcher({ left, bottom = 20, width = 60 }: Place) {
  return {
    offsetLeft: left,
    offsetWidth: width,
    offsetHeight: 50,
    bottom: `${bottom}px`,
    style: { marginBottom: "" },
  };
}

/** Stacks launchers; returns how far each was lifted. */
function lifts(...places: (Place | "none")[]): string[] {
  const launchers = places.map((place) =>
    place === "none" ? null : launcher(place)
  );
  run(new Set(launchers.map((launch) => rootOf(launch))));
  return launchers.map((launch) => launch?.style.marginBottom ?? "none");
}

function rootOf(
  launch: ReturnType<typeof launcher> | null,
  isConnected = true,
) {
  const root = { isConnected, querySelector: () => launch };
  return root as unknown as HTMLElement;
}

function run(roots: Set<HTMLElement>): void {
  using _globals = replaceGlobals({
    getComputedStyle: ({ bottom }: { bottom: string }) => ({ bottom }),
  });
  stack(roots);
}

Deno.test("launchers in the same corner are stacked 8 px apart", () => {
  const corner = { left: 900 };

  deepEqual(lifts(corner, corner, corner), ["0px", "58px", "116px"]);
});

Deno.test("launchers side by side stay at the bottom", () => {
  deepEqual(
    lifts({ left: 0 }, { left: 60 }, { left: 120, width: 900 }, {
      left: 1_020,
    }),
    ["0px", "0px", "0px", "0px"],
  );
});

Deno.test("a launcher is lifted above all that overlap it, by a pixel too", () => {
  deepEqual(
    lifts({ left: 0 }, { left: 59 }, { left: 118, width: 10 }, { left: 10 }),
    ["0px", "58px", "116px", "116px"],
  );
});

Deno.test("a launcher that is high enough isn't lifted", () => {
  deepEqual(
    lifts({ left: 0 }, { left: 0, bottom: 78 }, "none", {
      left: 0,
      bottom: 80,
    }),
    ["0px", "0px", "none", "56px"],
  );
});

Deno.test("a widget that has left the page makes room and is forgotten", () => {
  const gone = rootOf(launcher({ left: 0 }), false);
  const launch = launcher({ left: 0 });
  const stays = rootOf(launch);
  const roots = new Set([gone, stays]);

  run(roots);

  equal(launch.style.marginBottom, "0px");
  deepEqual([...roots], [stays]);
});
