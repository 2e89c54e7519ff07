def run(event, context):
    return {"hookStatus": "SUCCEEDED"}
