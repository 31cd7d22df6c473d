/** Rows that nobody owns live here. It has no members, so nobody's context ever names it. */
export const guestOrganization = "00000000-0000-7000-8000-000000000001";
