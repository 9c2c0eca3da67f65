/** Progress of unknown duration. Describe it in a text next to it. */
export function Spinner() {
  return <span class="spinner" aria-hidden="true" />;
}

/** Progress: `value` from 0 to 1, absent while it is unknown. */
export function Progress(props: { label: string; value?: number }) {
  return (
    <progress class="progress" aria-label={props.label} value={props.value} />
  );
}
