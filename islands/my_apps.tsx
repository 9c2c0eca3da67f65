import { useEffect, useState } from "preact/hooks";
import { systemClock } from "@/lib/base/clock.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import { fill, plural } from "@/lib/i18n/fill.ts";
import { Button, ButtonLink } from "@/lib/ui/button.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import { withOwnIds } from "@/lib/ui/own_id.tsx";
import { Spinner } from "@/lib/ui/spinner.tsx";
import {
  askForLogin,
  type ClientDeps,
} from "@/components/my_apps/client_window.ts";
import { type Failure, signIn } from "@/components/my_apps/sign_in.ts";

export interface MyAppsProps {
  lang: string;
  texts: AdminTexts["myApps"];
  /** Possible names of the App object. */
  objects: string[];
  /** Possible origins of the client's window. */
  origins: string[];
  /** The next address; ends with the language and so on. */
  onward: string;
  /** A problem that was found before the page was loaded. */
  failure?: Failure;
}

type State = { is: "asking" } | { is: "alone" } | {
  is: "failed";
  failure: Failure;
};

/** Signs in a user who opened the App in myApps, or explains why that failed. */
function MyApps(props: MyAppsProps) {
  const { texts, failure } = props;
  const [state, setState] = useState<State>(
    failure === undefined ? { is: "asking" } : { is: "failed", failure },
  );
  async function start(): Promise<void> {
    setState({ is: "asking" });
    const failure = await signIn({ send, ask: asking(props) }, props.lang);
    if (failure === undefined) return location.replace(props.onward);
    setState({ is: "failed", failure });
  }
  useEffect(() => {
    if (globalThis.parent === globalThis.window) setState({ is: "alone" });
    else if (failure === undefined) void start();
  }, []);
  switch (state.is) {
    case "asking":
      return (
        <p class="standalone-wait" role="status">
          <Spinner /> {texts.asking}
        </p>
      );
    case "alone":
      return (
        <>
          <p>{texts.alone}</p>
          <ButtonLink kind="primary" href="/login">{texts.toSignIn}</ButtonLink>
        </>
      );
    case "failed":
      return (
        <>
          <Banner
            kind={state.failure.reason === "signed-out" ? "info" : "danger"}
            live
          >
            {failureText(state.failure, texts, props.lang)}
          </Banner>
          <Button kind="primary" onClick={start}>{texts.again}</Button>
        </>
      );
  }
}

export default withOwnIds("my-apps", MyApps);

function failureText(
  { reason, retryAfter = 1, text = "" }: Failure,
  texts: AdminTexts["myApps"],
  lang: string,
): string {
  if (reason === "throttled") return plural(texts.throttled, retryAfter, lang);
  if (reason !== "refused") return texts.failures[reason];
  const { refused, refusedBecause } = texts.failures;
  return text === "" ? refused : fill(refusedBecause, { text });
}

function send(path: string, body: object): Promise<Response> {
  return fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

function asking({ objects, origins }: MyAppsProps) {
  const deps: ClientDeps = {
    parent: globalThis.parent,
    listen(heard) {
      addEventListener("message", heard);
      return {
        [Symbol.dispose]: () => removeEventListener("message", heard),
      };
    },
    clock: systemClock,
  };
  return (challenge: string) =>
    askForLogin(challenge, { objects, origins }, deps);
}
