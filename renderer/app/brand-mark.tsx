// Hindcast's logo: a forecast line that turns back to meet the known values.

export function BrandMark({ size = 24 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden>
      <rect width="24" height="24" rx="5" fill="var(--hc-accent)" />
      <path
        d="M4.5 15.5l3.2-5 3 3.2 3.1-6.2"
        fill="none"
        stroke="var(--hc-on-accent)"
        strokeWidth="1.9"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path
        d="M13.8 7.5c2.6.3 4.4 2.2 5.7 6.6"
        fill="none"
        stroke="var(--hc-on-accent)"
        strokeWidth="1.9"
        strokeLinecap="round"
        strokeDasharray="0.2 3.1"
      />
      <circle cx="13.8" cy="7.5" r="1.7" fill="var(--hc-on-accent)" />
    </svg>
  );
}
