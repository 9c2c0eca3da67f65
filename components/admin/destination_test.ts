import { deepEqual, equal } from "node:assert/strict";
import { replaceGlobals } from "@/tests/support/replace_globals.ts";
import { isSignedInPage, watchDestination } from "./destination.ts";

const LOCATION = new URL("https://example.com/admin");

Deno.test("isSignedInPage() knows the pages with the bar of a signed-in user", () => {
  using _ = replaceGlobals({ location: LOCATION });
  const isOne = (url: string) => isSignedInPage(new URL(url, LOCATION));
  const yes = ["/", "/admin", "/admin/people?a=1", "/desk#1", "/messages"];
  const no = ["/logout", "/login", "/preview/1", "/api/messages/csv"];
  const others = ["https://other.com/admin", "/administer", "/desks"];

  deepEqual(
    [yes, no, others].map((urls) => urls.map(isOne)),
    [yes.map(() => true), no.map(() => false), others.map(() => false)],
  );
});

Deno.test("watchDestination() returns where the browser is about to go, for 10 s", () => {
  const navigation = new EventTarget();
  using _ = replaceGlobals({ location: LOCATION, navigation });
  const end = new AbortController();
  const going: string[] = [];
  let now = 0;
  const destination = watchDestination(end.signal, {
    now: () => now,
    onGoing: (to) => going.push(to.pathname),
  });
  const go = (url: string, more = {}, sameDocument = false) =>
    navigation.dispatchEvent(
      Object.assign(new Event("navigate"), {
        destination: { url, sameDocument },
        downloadRequest: null,
        ...more,
      }),
    );

  go("https://example.com/admin#tab", {}, true);
  go("https://example.com/file.csv", { downloadRequest: "file.csv" });
  navigation.dispatchEvent(new Event("navigate"));
  const none = destination();
  go("https://example.com/desk");
  now = 10_000;
  const there = destination()?.href;
  now++;
  const late = destination();
  end.abort();
  go("https://example.com/account");

  deepEqual([none, late, destination()], [undefined, undefined, undefined]);
  equal(there, "https://example.com/desk");
  deepEqual(going, ["/desk"]);
});

Deno.test("without the Navigation API, watchDestination() knows the links and forms of the page", () => {
  class Element extends EventTarget {
    closest() {
      return this;
    }
  }
  class HTMLAnchorElement extends Element {
    protocol = "https:";
    target = "";
    href = "https://example.com/desk";
  }
  class HTMLFormElement extends Element {
    action = "https://example.com/logout";
  }
  const document = new EventTarget();
  const press = (type: string, target: EventTarget) => {
    const event = new Event(type);
    Object.defineProperty(event, "target", { value: target });
    document.dispatchEvent(event);
  };
  using _ = replaceGlobals({
    ...{ location: LOCATION, navigation: undefined, document },
    ...{ Element, HTMLAnchorElement, HTMLFormElement },
  });
  const end = new AbortController();
  const destination = watchDestination(end.signal, { now: () => 0 });
  const found: (string | undefined)[] = [];
  const note = () => found.push(destination()?.pathname);

  press("click", new Element());
  press("click", Object.assign(new HTMLAnchorElement(), { target: "_blank" }));
  note();
  press("click", new HTMLAnchorElement());
  note();
  press("submit", new HTMLFormElement());
  note();
  end.abort();

  deepEqual(found, [undefined, "/desk", "/logout"]);
});
