package blueprint

// hookPatterns are what the kinds of hooks read.
func hookPatterns() map[string]check {
	return map[string]check{
		"url":        {expr: `^https?://[a-zA-Z0-9.-]+(:[0-9]{1,5})?$`, most: 500, sentence: "It is scheme, host and port alone, such as https://orders.example.com:8443; the path is said of a request."},
		"host":       {expr: `^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?(:[0-9]{1,5})?$`, most: 260, sentence: "It is a host, such as orders.example.com."},
		"alarm":      {expr: `^[^*]+$`, most: 255, sentence: "It is the name of an alarm, up to 255 characters, not its ARN and no pattern.", extra: notAlarmARN},
		"metric_id":  {expr: `^[a-z][a-zA-Z0-9_]*$`, most: 255, sentence: "An id is letters, digits and underscores, a lower-case letter first.", extra: notResult},
		"expression": {expr: `^.+$`, most: 1024, sentence: "It is a line of metric math, such as 100 * errors / requests."},
		"decimal":    {expr: `^-?(0|[1-9][0-9]*)([.][0-9]+)?$`, most: 30, sentence: "It is a decimal number, such as 5 or 0.5."},
		"stat":       {expr: `^(Average|Maximum|Minimum|SampleCount|Sum|p[0-9]{1,2}([.][0-9]+)?|(tm|tc|ts|wm)[0-9]{1,2}([.][0-9]+)?|IQM|(PR|TC|TM|TS|WM)[(][0-9.%:]+[)])$`, most: 50, sentence: "It is a statistic of CloudWatch, such as Sum, Average or p95."},
		"topic_arn":  {expr: `^arn:[a-z0-9-]+:sns:[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]+$`, sentence: "It is the ARN of a topic, such as arn:aws:sns:ap-northeast-1:012345670123:deployments."},
	}
}

func notAlarmARN(s string) string {
	if len(s) > 4 && s[:4] == "arn:" {
		return "It is the alarm's name, not its ARN."
	}
	return ""
}

// notResult keeps the id of the expression itself free.
func notResult(s string) string {
	if s == "result" {
		return "That is what the expression itself is called. Choose another id."
	}
	return ""
}
