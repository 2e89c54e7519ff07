def lambda_handler(event, context):
    return {"hookStatus": "SUCCEEDED"}
