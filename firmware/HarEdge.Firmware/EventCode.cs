namespace HarEdge.Firmware
{
    /// <summary>Words of the event record; docs/SPEC.md says what each means and what its detail is.</summary>
    internal static class EventCode
    {
        public const string Sensor = "SENSOR";
        public const string Clone = "CLONE";
        public const string NoSensor = "NO_SENSOR";
        public const string Gap = "GAP";
        public const string Rate = "RATE";
        public const string Gravity = "GRAVITY";
        public const string Halted = "HALTED";
        public const string RecordOn = "RECORD_ON";
        public const string RecordOff = "RECORD_OFF";
        public const string WearNeeded = "WEAR_NEEDED";
        public const string WearStart = "WEAR_START";
        public const string WearDone = "WEAR_DONE";
        public const string WearFailed = "WEAR_FAILED";
        public const string Forgotten = "FORGOTTEN";
        public const string DeepSleep = "DEEP_SLEEP";
        public const string SleepsOn = "SLEEPS_ON";
        public const string Awake = "AWAKE";
        public const string NoWake = "NO_WAKE";
        public const string ShortReads = "SHORT_READS";
        public const string Replay = "REPLAY";
        public const string Block = "BLOCK";
        public const string Live = "LIVE";
        public const string BadCommand = "BAD_COMMAND";
    }
}
