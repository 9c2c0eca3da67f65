import { deepEqual, equal } from "node:assert/strict";
import { EndFollower } from "./end_follower.ts";

/** A list of 200 px with 500 px of messages, which a browser lays out. */
class List {
  #top = 0;
  clientHeight = 200;
  scrollHeight = 500;

  get scrollTop(): number {
    return this.#top;
  }

  set scrollTop(to: number) {
    const most = this.scrollHeight - this.clientHeight;
    this.#top = Math.min(Math.max(0, to), most);
  }

  /** Changes the sizes, as the browser does before it reports anything. */
  layOut(clientHeight: number, scrollHeight: number): void {
    Object.assign(this, { clientHeight, scrollHeight });
    this.scrollTop = this.#top;
  }
}

function followed() {
  const list = new List();
  const follower = new EndFollower(24);
  follower.toEnd(list);
  return { list, follower };
}

Deno.test("EndFollower follows until the reader is more than 24 px above the end, and again when they are back", () => {
  const { list, follower } = followed();
  const seen = [276, 275, 275.5, 276].map((top) => {
    list.scrollTop = top;
    return [follower.scrolled(list), follower.follows];
  });

  deepEqual(seen, [[true, true], [false, false], [false, false], [true, true]]);
});

const LAYOUTS: [string, [number, number][]][] = [
  ["new messages", [[200, 800]]],
  ["a narrower window", [[200, 1_000]]],
  ["a lower window", [[100, 500]]],
  ["a taller and then narrower window", [[300, 500], [300, 900]]],
  ["a typing notice that a message replaces", [[200, 470], [200, 600]]],
];

for (const [what, layouts] of LAYOUTS) {
  Deno.test(`EndFollower follows if the browser reports scrolling before the size after ${what}`, () => {
    const { list, follower } = followed();

    for (const [height, content] of layouts) list.layOut(height, content);
    const isNear = follower.scrolled(list);
    const { follows } = follower;
    follower.toEnd(list);

    deepEqual([isNear, follows], [false, true]);
    equal(list.scrollTop, list.scrollHeight - list.clientHeight);
  });
}

Deno.test("EndFollower notices scrolling up after a layout that it was told of", () => {
  const { list, follower } = followed();

  list.layOut(200, 800);
  follower.laidOut(list);
  const before = follower.follows;
  list.scrollTop = 290;
  follower.scrolled(list);

  deepEqual([before, follower.follows], [true, false]);
});
