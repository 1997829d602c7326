/** A real server that a test talks to. Ended and removed at the end even when the test dies. */
export interface Service {
  how: 'url' | 'binary' | 'container';
  url: string;
  /** For people: which program, which version. */
  detail: string;
  /** Ends it and removes its data; a server found by URL is left alone. */
  stop(): Promise<void>;
  /** As `kill -9`: it stays down, its data stays, until {@link restart}. */
  kill(): Promise<void>;
  /** Starts it again, or anew, on the same port with the same data. Resolves when it answers. */
  restart(): Promise<void>;
  /** Stops its clock: it keeps its connections and answers nothing until {@link thaw}. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
}

/** Why this machine cannot give the service; the suite says so in its title. */
export interface Absent {
  absent: string;
}

export interface ProvideOptions {
  /** Text of the configuration; `{dir}` in it stands for the folder of its files and data. Each service has its default. */
  config?: string;
  /** More files in that folder, by name: password and permission lists. */
  files?: Record<string, string>;
  /** The test kills or freezes it: a server found by URL is not ours to kill, so one is started. */
  control?: boolean;
}

/** Where a service runs: its own folder, address and port, as it sees them itself. */
export interface Place {
  dir: string;
  host: string;
  port: number;
}

/** What there is to know about one kind of service; binary.ts and container.ts do the rest. */
export interface ServiceDefinition {
  urlVariable: string;
  /** Name of the program on the search path. */
  program: string;
  versionArguments: readonly string[];
  image: { variable: string; fallback: string; port: number };
  /** Its command line, program first, and the files it needs in `place.dir`. */
  launch(place: Place, options: ProvideOptions): { command: string[]; files: Record<string, string> };
  url(host: string, port: number): string;
  /** Whether it answers as itself, not only accepts the connection. */
  answers(url: string): Promise<boolean>;
}

export const isAbsent = (provided: Service | Absent): provided is Absent => 'absent' in provided;
