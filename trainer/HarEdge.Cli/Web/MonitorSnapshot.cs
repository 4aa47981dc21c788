namespace HarEdge.Cli.Web;

/// <summary>The parts of the page that change; each is sent when it does.</summary>
/// <param name="State">Where the session stands.</param>
/// <param name="Device">Who speaks; null before the first banner.</param>
/// <param name="SelfTests">Outcomes at boot.</param>
/// <param name="Window">The last window: decision, scores and posture; null before the first.</param>
/// <param name="Parity">Device and desktop compared.</param>
/// <param name="Activities">Time of each activity, longest first.</param>
/// <param name="Health">The last report; null before the first minute is over.</param>
/// <param name="Timing">What decisions take on the chip; null before the first minute is over.</param>
/// <param name="Link">What came and what was lost.</param>
/// <param name="Alarms">What is wrong, the worst first.</param>
/// <param name="Notes">What the link has met and what is assumed, a sentence each.</param>
/// <param name="Events">The last ones, newest first.</param>
/// <param name="Signals">Scales of the raw samples; null when the device has sent none.</param>
/// <param name="Play">What is being played; null when a device is watched.</param>
internal sealed record MonitorSnapshot(
    SnapshotState State,
    SnapshotDevice? Device,
    IReadOnlyList<SnapshotSelfTest> SelfTests,
    SnapshotWindow? Window,
    SnapshotParity Parity,
    IReadOnlyList<SnapshotActivity> Activities,
    SnapshotHealth? Health,
    SnapshotTiming? Timing,
    SnapshotLink Link,
    IReadOnlyList<SnapshotAlarm> Alarms,
    IReadOnlyList<string> Notes,
    IReadOnlyList<SnapshotEvent> Events,
    SnapshotSignals? Signals,
    SnapshotPlay? Play);

/// <summary>Where the session stands.</summary>
/// <param name="Source">Name of the port or file.</param>
/// <param name="Clock">"wall", "log" or "device": what the times of the session are.</param>
/// <param name="BeganMs">When it began, milliseconds since 1970 UTC; null for what was kept.</param>
/// <param name="NowSeconds">What time it is in the session.</param>
/// <param name="LateSeconds">Seconds since the last decision came, by the clock of this machine.</param>
/// <param name="IsEnded">No more bytes will come.</param>
/// <param name="Trouble">Why nothing comes at the moment, with the remedy; null when something does.</param>
/// <param name="Why">Why the next decision is late, a clause; null when nothing is known.</param>
/// <param name="IsRecording">Whether raw samples come.</param>
/// <param name="Classes">Names by number; null where none is known yet.</param>
/// <param name="HopSeconds">From one decision to the next.</param>
/// <param name="Readers">Browsers that watch.</param>
internal sealed record SnapshotState(
    string Source,
    string Clock,
    long? BeganMs,
    double NowSeconds,
    int LateSeconds,
    bool IsEnded,
    string? Trouble,
    string? Why,
    bool IsRecording,
    IReadOnlyList<string?> Classes,
    double HopSeconds,
    int Readers);

/// <summary>A window: everything in it belongs to it.</summary>
/// <param name="Index">Number of its stretch in the session.</param>
/// <param name="Sample">The device's number of its last sample.</param>
/// <param name="Second">Device time of its end.</param>
/// <param name="Class">Number of the decided class, −1 for unknown.</param>
/// <param name="Name">Of the class, or UNKNOWN.</param>
/// <param name="WindowClass">Number of the best class of the window alone.</param>
/// <param name="Window">Its name.</param>
/// <param name="Confidence">Calibrated probability of <paramref name="Window"/>, percent.</param>
/// <param name="Margin">Best score minus second best, natural logarithm.</param>
/// <param name="Stage">The stage the model's gate chose: its name, or its number where the model is not known.</param>
/// <param name="Agrees">Whether device and desktop are the same bit for bit; null when not compared.</param>
/// <param name="Truth">What the wearer really did; null when nobody knows.</param>
/// <param name="Scores">Of all classes; null when its raw samples did not all come.</param>
/// <param name="Posture">Where gravity points; null likewise.</param>
internal sealed record SnapshotWindow(
    int Index,
    int Sample,
    double Second,
    int Class,
    string Name,
    int WindowClass,
    string Window,
    int Confidence,
    double Margin,
    string Stage,
    bool? Agrees,
    int? Truth,
    IReadOnlyList<SnapshotScore>? Scores,
    SnapshotPosture? Posture);

/// <summary>Where gravity points in the sensor's frame, g, after the device's calibration.</summary>
/// <param name="X">Along x.</param>
/// <param name="Y">Along y.</param>
/// <param name="Z">Along z.</param>
/// <param name="FromUpright">Degrees from where it points on a wearer who stands; null when the model does not say.</param>
/// <param name="Upright">That direction, a unit vector; null likewise.</param>
internal sealed record SnapshotPosture(double X, double Y, double Z, double? FromUpright, IReadOnlyList<double>? Upright);

/// <summary>Windows compared with the device, bit for bit.</summary>
/// <param name="Windows">Compared.</param>
/// <param name="Divergences">Of them, those that differ.</param>
/// <param name="First">The first that differs, in words; null when none does.</param>
/// <param name="Model">Whether the device's model is known here, so that there is something to compare with.</param>
internal sealed record SnapshotParity(int Windows, int Divergences, string? First, bool Model);

/// <summary>A window as it is looked into: its samples, and why its best class was ahead.</summary>
/// <param name="Window">What was decided.</param>
/// <param name="Accel">ax ay az in g; null where a sample is missing.</param>
/// <param name="Gyro">gx gy gz in degrees a second.</param>
/// <param name="Second">Name of the second best class; null when it had no rival.</param>
/// <param name="Always">What the model says of any window about the two, natural logarithm.</param>
/// <param name="Reasons">What pushed the best class above the second, the largest first.</param>
internal sealed record SnapshotInside(
    SnapshotWindow Window, IReadOnlyList<double?[]>? Accel, IReadOnlyList<double?[]>? Gyro, string? Second, double Always, IReadOnlyList<SnapshotReason> Reasons);

/// <summary>A reason in words of the body.</summary>
/// <param name="Words">What is measured.</param>
/// <param name="Amount">What it adds to the margin, natural logarithm; below 0 when it speaks for the second class.</param>
/// <param name="Features">The features behind it.</param>
internal sealed record SnapshotReason(string Words, double Amount, IReadOnlyList<SnapshotFeature> Features);

/// <summary>A feature as the device computed it.</summary>
internal sealed record SnapshotFeature(string Name, int Value, string Unit, double Amount);

/// <summary>What <c>haredge play</c> plays.</summary>
/// <param name="Wearer">Who wears the simulated device, in words.</param>
/// <param name="Actions">What can be done to it.</param>
internal sealed record SnapshotPlay(string Wearer, IReadOnlyList<SnapshotAction> Actions);

/// <summary>A button.</summary>
/// <param name="Name">As it is asked for.</param>
/// <param name="Text">On the button.</param>
/// <param name="IsOn">Whether it is done now.</param>
/// <param name="Says">What is so now, a sentence.</param>
internal sealed record SnapshotAction(string Name, string Text, bool IsOn, string Says);

/// <summary>The banner.</summary>
internal sealed record SnapshotDevice(string Board, string Firmware, string Model, int WindowSamples, int HopSamples, int RateHz);

/// <summary>A self-test's outcome: PASS, FAIL or SKIP.</summary>
internal sealed record SnapshotSelfTest(string Test, string Outcome, int Checks);

/// <summary>Time of an activity; class −1 for unknown.</summary>
internal sealed record SnapshotActivity(string Name, int Class, double Seconds);

/// <summary>The device's health; rate 0 before it is measured.</summary>
internal sealed record SnapshotHealth(int UpSeconds, double RateHz, int Gaps, int BringUps, int Retries, int FreeBytes, IReadOnlyList<SnapshotFault> Faults);

/// <summary>What decisions take on the chip; 0 decisions: not measured.</summary>
internal sealed record SnapshotTiming(int Decisions, double MeanMs, double WorstMs, SnapshotEstimate? Estimate);

/// <summary>What they should take: likely, from and to, and the proven worst case.</summary>
internal sealed record SnapshotEstimate(string Chip, double Ms, double LowMs, double HighMs, double AtMostMs);

/// <summary>A fault met since boot.</summary>
internal sealed record SnapshotFault(string Name, string Meaning, int Times);

/// <summary>What a link has carried and lost.</summary>
internal sealed record SnapshotLink(
    double? Quality, long Bytes, long Records, long Lost, long Damaged, long Unknown, long Duplicates, long NoiseBytes, long BrokenFrames, long Restarts, long Disconnects, long Gaps);

/// <summary>Something a wearer must know.</summary>
internal sealed record SnapshotAlarm(string What, string Remedy);

/// <summary>Something that happened, with the device's time.</summary>
internal sealed record SnapshotEvent(double Second, string What);

/// <summary>One class's score.</summary>
/// <param name="Name">Of the class.</param>
/// <param name="Class">Its number.</param>
/// <param name="BehindBest">Natural logarithm, 0 for the best class; null when the stage does not consider the class.</param>
/// <param name="Percent">Share of the likelihood, not calibrated.</param>
internal sealed record SnapshotScore(string Name, int Class, double? BehindBest, double Percent);

/// <summary>What the counts of raw samples mean.</summary>
/// <param name="Last">Number in the session of the newest.</param>
/// <param name="RateHz">Samples a second.</param>
/// <param name="CountsPerG">Scale of acceleration.</param>
/// <param name="CountsPerDps">Scale of turning, counts per degree a second.</param>
internal sealed record SnapshotSignals(long Last, int RateHz, double CountsPerG, double CountsPerDps);
