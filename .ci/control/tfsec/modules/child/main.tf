# Bad on purpose, in a module of the configuration.

#tfsec:ignore:*
resource "aws_lambda_permission" "anybody" {
  statement_id  = "anybody"
  action        = "lambda:InvokeFunction"
  function_name = "orders"
  principal     = "sns.amazonaws.com"
}

#tfsec:ignore:*
resource "aws_sqs_queue" "plain" {
  name = "orders"
}

resource "aws_iam_role" "everything" {
  name               = "everything"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

#tfsec:ignore:*
data "aws_iam_policy_document" "everything" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
  }
}

#tfsec:ignore:*
resource "aws_iam_role_policy" "everything" {
  name   = "everything"
  role   = aws_iam_role.everything.id
  policy = data.aws_iam_policy_document.everything.json
}
