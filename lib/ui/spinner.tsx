/** Something is under way, for an unknown time. Say what in a text beside it. */
export function Spinner() {
  return <span class="spinner" aria-hidden="true" />;
}

/** How far something is: `value` from 0 to 1; absent while that is unknown. */
export function Progress(props: { label: string; value?: number }) {
  return (
    <progress class="progress" aria-label={props.label} value={props.value} />
  );
}
