namespace HarEdge.Cli.Web;

/// <summary>All the page shows at a moment. Each is complete, so a page may miss any number of them.</summary>
/// <param name="Source">Name of the port or file.</param>
/// <param name="IsEnded">No more bytes will come.</param>
/// <param name="Trouble">Why nothing comes at the moment, with the remedy; null when something does.</param>
/// <param name="IsRecording">Whether raw samples come.</param>
/// <param name="Device">Who speaks; null before the first banner.</param>
/// <param name="SelfTests">Outcomes at boot.</param>
/// <param name="Now">The last decision; null before the first.</param>
/// <param name="NowAgeSeconds">Seconds since <paramref name="Now"/> came, by the clock of this machine.</param>
/// <param name="Timeline">The last decisions, oldest first.</param>
/// <param name="Activities">Time of each activity, longest first.</param>
/// <param name="Health">The last report; null before the first minute is over.</param>
/// <param name="Timing">What decisions take on the chip; null before the first minute is over.</param>
/// <param name="Link">What came and what was lost.</param>
/// <param name="Alarms">What is wrong, the worst first.</param>
/// <param name="Notes">What the link has met, a sentence each.</param>
/// <param name="Events">The last ones, newest first.</param>
/// <param name="Signals">Raw samples; null when the device has sent none.</param>
/// <param name="Scores">Of the last window; null without raw samples.</param>
/// <param name="Readers">Pages that watch.</param>
/// <param name="DroppedPictures">Pictures that slow pages have missed.</param>
internal sealed record MonitorPicture(
    string Source,
    bool IsEnded,
    string? Trouble,
    bool IsRecording,
    PictureDevice? Device,
    IReadOnlyList<PictureSelfTest> SelfTests,
    PictureDecision? Now,
    int NowAgeSeconds,
    IReadOnlyList<PictureDecision> Timeline,
    IReadOnlyList<PictureActivity> Activities,
    PictureHealth? Health,
    PictureTiming? Timing,
    PictureLink Link,
    IReadOnlyList<PictureAlarm> Alarms,
    IReadOnlyList<string> Notes,
    IReadOnlyList<PictureEvent> Events,
    PictureSignals? Signals,
    PictureScores? Scores,
    int Readers,
    long DroppedPictures);

/// <summary>The banner.</summary>
internal sealed record PictureDevice(string Board, string Firmware, string Model, int WindowSamples, int HopSamples, int RateHz);

/// <summary>A self-test's outcome: PASS, FAIL or SKIP.</summary>
internal sealed record PictureSelfTest(string Test, string Outcome, int Checks);

/// <summary>A decision.</summary>
/// <param name="Second">Device time of the window's end.</param>
/// <param name="Class">Number of the class, −1 for unknown.</param>
/// <param name="Name">Of the class, or UNKNOWN.</param>
/// <param name="Window">Best class of the window alone.</param>
/// <param name="Confidence">Calibrated probability of <paramref name="Window"/>, percent.</param>
/// <param name="Margin">Best score minus second best, natural logarithm.</param>
/// <param name="Stage">The stage the model's gate chose.</param>
internal sealed record PictureDecision(double Second, int Class, string Name, string Window, int Confidence, double Margin, int Stage);

/// <summary>Time of an activity; class −1 for unknown, −2 when its number is not known.</summary>
internal sealed record PictureActivity(string Name, int Class, double Seconds);

/// <summary>The device's health; rate 0 before it is measured.</summary>
internal sealed record PictureHealth(int UpSeconds, double RateHz, int Gaps, int BringUps, int Retries, int FreeBytes, IReadOnlyList<PictureFault> Faults);

/// <summary>What decisions take on the chip; 0 decisions: not measured.</summary>
internal sealed record PictureTiming(int Decisions, double MeanMs, double WorstMs);

/// <summary>A fault met since boot.</summary>
internal sealed record PictureFault(string Name, string Meaning, int Times);

/// <summary>What a link has carried and lost.</summary>
internal sealed record PictureLink(
    double? Quality, long Bytes, long Records, long Lost, long Damaged, long Unknown, long Duplicates, long NoiseBytes, long BrokenFrames, long Restarts, long Disconnects, long Gaps);

/// <summary>Something a wearer must know.</summary>
internal sealed record PictureAlarm(string What, string Remedy);

/// <summary>Something that happened, with the device's time.</summary>
internal sealed record PictureEvent(double Second, string What);

/// <summary>Scores of the last window, worked out on the desktop from the raw samples.</summary>
/// <param name="Classes">All of them.</param>
/// <param name="Windows">Windows compared with the device, bit for bit.</param>
/// <param name="Divergences">Of them, those that differ.</param>
internal sealed record PictureScores(IReadOnlyList<PictureScore> Classes, int Windows, int Divergences);

/// <summary>One class's score.</summary>
/// <param name="Name">Of the class.</param>
/// <param name="Class">Its number.</param>
/// <param name="BehindBest">Natural logarithm, 0 for the best class; null when the stage does not consider the class.</param>
/// <param name="Percent">Share of the likelihood, not calibrated.</param>
internal sealed record PictureScore(string Name, int Class, double? BehindBest, double Percent);

/// <summary>Raw signals of ten seconds; null where a sample is missing.</summary>
/// <param name="EndSecond">Device time of the last sample.</param>
/// <param name="RateHz">Samples a second.</param>
/// <param name="Accel">ax ay az in counts.</param>
/// <param name="Gyro">gx gy gz in counts.</param>
/// <param name="CountsPerG">Scale of <paramref name="Accel"/>.</param>
/// <param name="CountsPerDps">Scale of <paramref name="Gyro"/>, counts per degree a second.</param>
internal sealed record PictureSignals(
    double EndSecond, int RateHz, IReadOnlyList<short?[]> Accel, IReadOnlyList<short?[]> Gyro, double CountsPerG, double CountsPerDps);
