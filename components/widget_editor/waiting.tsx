import type { ComponentChildren } from "preact";
import { reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import { Banner } from "@/lib/ui/notices.tsx";
import { Spinner } from "@/lib/ui/spinner.tsx";
import { useLanguage } from "../admin/language.tsx";
import type { Loaded } from "./version_history.ts";

/** A requested value: a progress sign, an error, or the value. */
export function Waiting<T>({ what, children }: {
  what: Loaded<T>;
  children: (value: T) => ComponentChildren;
}) {
  const { texts } = useLanguage();
  switch (what.state) {
    case "loading":
      return (
        <p class="waiting">
          <Spinner /> {texts.history.loading}
        </p>
      );
    case "failed":
      return (
        <Banner kind="danger" live>{reasonText(what.reason, texts)}</Banner>
      );
    case "there":
      return <>{children(what.value)}</>;
  }
}
