/** The mark: two houses that share a wall. */
export function Logo({ className = "size-7" }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 32 32" className={className}>
      <rect width="32" height="32" rx="7" fill="#0c6355" />
      <path
        d="M5 25V14l5.5-5 5.5 5v11zM16 25V14l5.5-5 5.5 5v11zM10.5 25v-5M21.5 25v-5"
        fill="none"
        stroke="#fff"
        strokeWidth="2.2"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
