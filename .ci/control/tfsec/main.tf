# Bad on purpose: what tfsec calls high or critical in the services that bluegen writes, each with the comment that would make it
# look away.

#tfsec:ignore:*
resource "aws_security_group" "open" {
  description = "Open to everybody."
  vpc_id      = "vpc-0123456789abcdef0"

  #tfsec:ignore:aws-ec2-no-public-ingress-sgr
  ingress {
    description = "Everybody."
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  #tfsec:ignore:aws-ec2-no-public-egress-sgr
  egress {
    description = "Everywhere."
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

#tfsec:ignore:*
resource "aws_lb" "public" {
  name                       = "public"
  internal                   = false
  load_balancer_type         = "application"
  drop_invalid_header_fields = false
}

#tfsec:ignore:*
resource "aws_lb_listener" "plain" {
  load_balancer_arn = aws_lb.public.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:012345670123:targetgroup/blue/0123456789abcdef"
  }
}

#tfsec:ignore:*
resource "aws_lb_listener" "old" {
  load_balancer_arn = aws_lb.public.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS-1-0-2015-04"
  certificate_arn   = "arn:aws:acm:eu-central-1:012345670123:certificate/00000000-0000-0000-0000-000000000000"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:012345670123:targetgroup/blue/0123456789abcdef"
  }
}

#tfsec:ignore:*
resource "aws_ecs_task_definition" "loose" {
  family = "orders"
  container_definitions = jsonencode([{
    name        = "app"
    image       = "orders"
    environment = [{ name = "AWS_SECRET_ACCESS_KEY", value = "an example" }]
  }])

  volume {
    name = "data"

    efs_volume_configuration {
      file_system_id     = aws_efs_file_system.plain.id
      transit_encryption = "DISABLED"
    }
  }
}

#tfsec:ignore:*
resource "aws_efs_file_system" "plain" {
  creation_token = "orders"
  encrypted      = false
}

#tfsec:ignore:*
resource "aws_sns_topic" "plain" {
  name = "orders"
}

module "child" {
  source = "./modules/child"
}
