/** The product's logo: a speech bubble and a listener. */
export function Mark(props: { size?: number }) {
  const size = props.size ?? 28;
  return (
    <svg
      class="mark"
      viewBox="0 0 32 32"
      width={size}
      height={size}
      aria-hidden="true"
    >
      <rect class="mark-background" width="32" height="32" rx="9" />
      <path
        class="mark-word"
        d="M7 12.5A4.5 4.5 0 0 1 11.5 8h9a4.5 4.5 0 0 1 4.5 4.5V17a4.5 4.5 0 0 1-4.5 4.5h-4.9l-4.1 3.7c-.6.5-1.5.1-1.5-.7v-3.2A4.5 4.5 0 0 1 7 17z"
      />
      <circle class="mark-background" cx="23.5" cy="9.5" r="6" />
      <circle class="mark-dot" cx="23.5" cy="9.5" r="3.75" />
    </svg>
  );
}
