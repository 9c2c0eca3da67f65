import { useRef, useState } from "preact/hooks";
import { ImagePlus, Trash2 } from "lucide-preact";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import { reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import { Button } from "@/lib/ui/button.tsx";
import { Progress } from "@/lib/ui/spinner.tsx";
import type { AdminClient } from "@/lib/protocol/admin/client.ts";
import { useLanguage } from "../admin/language.tsx";
import { preparePicture } from "./picture.ts";
import { pictureUrl } from "./picture_url.ts";

type State =
  | { state: "resting" }
  | { state: "preparing" | "uploading" }
  | { state: "failed"; text: string };

export interface PictureFieldProps {
  /** Id of the picture, "" for none. */
  picture: string;
  api: Pick<AdminClient, "uploadPicture">;
  onPicture: (id: string) => void;
  /** Returns the URL of a picture; by default the one for administrators. */
  urlOf?: (id: string) => string;
}

/** The agent's picture, which can be dropped or chosen by clicking the
 * placeholder. */
export function PictureField(props: PictureFieldProps) {
  const { picture, onPicture } = props;
  const { texts: { agents: texts } } = useLanguage();
  const { state, take } = useUpload(props);
  const [isOver, setOver] = useState(false);
  return (
    <div
      class="picture-field"
      data-over={isOver ? "true" : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files[0]);
      }}
    >
      <PictureChooser
        src={picture && (props.urlOf ?? pictureUrl)(picture)}
        onFile={take}
      />
      <PictureStatus state={state} />
      {picture && (
        <Button
          size="small"
          kind="quiet"
          icon={<Trash2 size={14} aria-hidden="true" />}
          onClick={() => onPicture("")}
        >
          {texts.pictureRemove}
        </Button>
      )}
    </div>
  );
}

function useUpload({ api, onPicture }: PictureFieldProps) {
  const { texts } = useLanguage();
  const [state, setState] = useState<State>({ state: "resting" });
  async function take(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    setState({ state: "preparing" });
    const uploading = () => setState({ state: "uploading" });
    const result = await upload(file, api, uploading);
    if (result.ok) onPicture(result.id);
    setState(
      result.ok
        ? { state: "resting" }
        : { state: "failed", text: failureText(result.reason, texts) },
    );
  }
  return { state, take };
}

function PictureChooser({ src, onFile }: {
  /** "" if there is no picture. */
  src: string;
  onFile: (file: File | undefined) => void;
}) {
  const { texts: { agents: texts } } = useLanguage();
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class="picture-drop"
        aria-label={src ? texts.pictureChange : texts.pictureChoose}
        onClick={() => chooser.current?.click()}
      >
        {src
          ? <img src={src} alt={texts.picture} />
          : <ImagePlus size={28} strokeWidth={1.5} aria-hidden="true" />}
      </button>
      <input
        ref={chooser}
        type="file"
        accept="image/*"
        hidden
        onChange={({ currentTarget }) => {
          onFile(currentTarget.files?.[0]);
          currentTarget.value = ""; // Allows choosing the same file again.
        }}
      />
    </>
  );
}

function PictureStatus({ state }: { state: State }) {
  const { texts: { agents } } = useLanguage();
  if (state.state === "failed") {
    return <p class="error" role="alert">{state.text}</p>;
  }
  if (state.state === "resting") {
    return <p class="hint">{agents.pictureHint}</p>;
  }
  const text = state.state === "preparing"
    ? agents.pictureWorking
    : agents.pictureUploading;
  return (
    <div class="picture-status" role="status">
      <p class="hint">{text}</p>
      <Progress label={text} />
    </div>
  );
}

type Uploaded = { ok: true; id: string } | { ok: false; reason: string };

async function upload(
  file: File,
  api: Pick<AdminClient, "uploadPicture">,
  onPrepared: () => void,
): Promise<Uploaded> {
  const picture = await preparePicture(file);
  if (!picture.ok) return { ok: false, reason: picture.error };
  onPrepared();
  const uploaded = await api.uploadPicture(picture.value);
  if (!uploaded.ok) return { ok: false, reason: uploaded.error.reason };
  return { ok: true, id: uploaded.value };
}

function failureText(reason: string, texts: AdminTexts): string {
  if (reason === "unreadable") return texts.agents.pictureUnreadable;
  if (reason === "too-big") return texts.agents.pictureTooBig;
  return `${texts.agents.pictureFailed} ${reasonText(reason, texts)}`;
}
