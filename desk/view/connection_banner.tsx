import { Banner } from "@/lib/ui/notices.tsx";
import { Button, ButtonLink } from "@/lib/ui/button.tsx";
import { useDesk } from "./desk_ui.ts";

/** Shows problems of the connection, and nothing while it works. */
export function ConnectionBanner({ isNew }: { isNew: boolean }) {
  const { desk, texts } = useDesk();
  const { state } = desk.connection.value;
  if (state === "signed-out") {
    const signIn = (
      <ButtonLink kind="primary" href="/login?next=/desk">
        {texts.connection.signIn}
      </ButtonLink>
    );
    return (
      <Banner kind="danger" live actions={signIn}>
        {texts.connection.signedOut}
      </Banner>
    );
  }
  const isLost = desk.isLost.value;
  if (!isLost || (isNew && state === "connecting")) return null;
  const now = (
    <Button
      size="small"
      disabled={state !== "waiting"}
      onClick={() => desk.wake()}
    >
      {texts.connection.tryNow}
    </Button>
  );
  return (
    <Banner kind="warning" live actions={now}>{texts.connection.lost}</Banner>
  );
}

/** Tells an agent whose browser cannot make calls, before one rings. */
export function CallsBanner() {
  const { desk, texts } = useDesk();
  const why = desk.cannotCall.value;
  return why && <Banner kind="warning" live>{texts.trouble[why]}</Banner>;
}
