export declare const NOT_ON_WINDOWS: Readonly<Record<string, string>>
export declare function runsOn(platform: string, file: string): boolean
