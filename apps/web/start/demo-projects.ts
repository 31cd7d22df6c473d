export interface DemoProject {
  readonly name: string;
  /** When it was begun. */
  readonly daysAgo: number;
  readonly open: readonly string[];
  /** Title, and how many days ago it was completed. */
  readonly done: readonly (readonly [string, number])[];
}

/** What the demo's two organizations work on. */
export const demoProjects: Readonly<Record<"studio" | "robotics", readonly DemoProject[]>> = {
  studio: [
    {
      name: "Website relaunch",
      daysAgo: 24,
      open: [
        "Write the pricing page",
        "Photograph the team",
        "Redirects from the old addresses",
        "Test with a screen reader",
      ],
      done: [
        ["Choose a type scale", 12],
        ["Wireframes for phone and desktop", 11],
        ["Move the blog", 8],
        ["Cookie-free analytics", 6],
        ["Home page copy", 3],
        ["Contact form", 1],
      ],
    },
    {
      name: "Autumn campaign",
      daysAgo: 18,
      open: ["Book the venue", "Print proofs", "Guest list"],
      done: [
        ["Agree the budget", 10],
        ["Mood board", 9],
        ["First newsletter", 5],
        ["Brief the photographer", 2],
      ],
    },
    {
      name: "Client: Harbor Museum",
      daysAgo: 15,
      open: ["Signage mock-ups", "Second workshop"],
      done: [
        ["Kick-off", 7],
        ["Audit of the existing signs", 4],
        ["Colour tests in daylight", 1],
      ],
    },
    {
      name: "Hiring",
      daysAgo: 12,
      open: ["Interview questions", "Portfolio reviews"],
      done: [
        ["Publish the advert", 6],
        ["Pick three candidates", 0],
      ],
    },
    {
      name: "Studio move",
      daysAgo: 9,
      open: ["Measure the new rooms", "Cancel the old lease", "Internet by the 1st"],
      done: [["Sign the contract", 3]],
    },
    { name: "Brand handbook", daysAgo: 5, open: ["Logo spacing rules", "Tone of voice"], done: [] },
    { name: "Ideas for spring", daysAgo: 1, open: [], done: [] },
  ],
  robotics: [
    {
      name: "Gripper v3",
      daysAgo: 21,
      open: ["Torque test at 40 °C", "Order the seals", "Review the wiring diagram"],
      done: [
        ["Finger geometry", 13],
        ["Print the first housing", 10],
        ["Firmware for the new encoder", 7],
        ["Drop test", 2],
      ],
    },
    {
      name: "Factory pilot, Lyon",
      daysAgo: 14,
      open: ["Safety sign-off", "Train the night shift"],
      done: [
        ["Site survey", 9],
        ["Ship the cell", 4],
        ["Network access", 1],
      ],
    },
    { name: "Certification", daysAgo: 8, open: ["Collect the test reports"], done: [["Choose the body", 5]] },
  ],
};
